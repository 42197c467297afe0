"""Items may, or may no longer, repeat.

What
    `uniqueItems` differs.

Why
    Requests that repeat an item are refused; answers that do surprise readers who made a
    set of them.

Upgrade
    request: Send each item once.
    response: Expect items that repeat.

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
                    {type: array, uniqueItems: true}
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
                    {type: array, uniqueItems: true}
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

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule, transplant
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where they differ."""
    before, after = _said(base), _said(head)
    yield Change("", f"items are {after} now; it was {before}", transplant(head, "uniqueItems"))


def _said(schema: Schema) -> str:
    return "different from each other" if schema.unique_items else "free to repeat"


RULE = SchemaRule(
    "unique-items-changed",
    Tier.WIRE,
    "change",
    ("unique_items",),
    detect,
)
