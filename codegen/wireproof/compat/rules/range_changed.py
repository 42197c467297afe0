"""A number has other bounds.

What
    `minimum`, `maximum` or their exclusive forms differ.

Why
    Requests outside the new bounds are refused; answers outside the old ones surprise their
    readers.

Upgrade
    request: Send numbers in the new range only.
    response: Make room for numbers in the new range.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: integer, minimum: 1}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: integer, minimum: 5}
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
                    {type: integer, exclusiveMinimum: 0}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: integer, minimum: 1}
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
        f"the range is {after} now; it was {before}",
        transplant(head, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    )


def _said(schema: Schema) -> str:
    low = schema.minimum if schema.minimum is not None else schema.exclusive_minimum
    high = schema.maximum if schema.maximum is not None else schema.exclusive_maximum
    left = "from" if schema.minimum is not None else "above"
    right = "to" if schema.maximum is not None else "below"
    parts = [f"{left} {low}"] if low is not None else []
    parts += [f"{right} {high}"] if high is not None else []
    return " ".join(parts) or "unbounded"


RULE = SchemaRule(
    "range-changed",
    Tier.WIRE,
    "change",
    ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum"),
    detect,
)
