"""A list has other lengths.

What
    `minItems` or `maxItems` differs.

Why
    Requests with other counts are refused; answers with other counts surprise their
    readers.

Upgrade
    request: Send as many items as are allowed now.
    response: Expect lists of other lengths.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, maxItems: 20}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, maxItems: 10}
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
                    {type: array, maxItems: 10}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, maxItems: 20}
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
    yield Change(
        "",
        f"the number of items is {after} now; it was {before}",
        transplant(head, "minItems", "maxItems"),
    )


def _said(schema: Schema) -> str:
    low = schema.min_items or 0
    return f"{low} or more" if schema.max_items is None else f"{low} to {schema.max_items}"


RULE = SchemaRule(
    "item-count-changed",
    Tier.WIRE,
    "change",
    ("min_items", "max_items"),
    detect,
)
