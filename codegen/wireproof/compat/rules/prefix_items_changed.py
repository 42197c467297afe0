"""The first items of a list have other rules.

What
    `prefixItems` is longer or shorter.

Why
    Requests whose items do not fit their place are refused.

Upgrade
    request: Send each item as its place asks now.
    response: Read each item by its place's new schema.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: array
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, prefixItems: [{type: string}]}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, prefixItems: [{type: string}]}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: array
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the number of described places differs."""
    before, after = len(base.prefix_items), len(head.prefix_items)
    if before != after:
        message = f"the first {after} items have rules of their own now; it was {before}"
        yield Change("", message, _edit(base, "base", after) or _edit(head, "head", before))


def _edit(schema: Schema, of: Literal["base", "head"], length: int) -> Edit | None:
    """The longer list cut to the shorter one's length."""
    written = schema.origin.value.get("prefixItems")
    if not isinstance(written, list) or len(written) <= length:
        return None
    return Edit(of, {"prefixItems": written[:length] or GONE})


RULE = SchemaRule(
    "prefix-items-changed",
    Tier.WIRE,
    "change",
    ("prefix_items",),
    detect,
)
