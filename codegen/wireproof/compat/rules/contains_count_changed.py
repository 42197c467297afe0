"""Another number of items must match `contains`.

What
    `minContains` or `maxContains` differs.

Why
    Requests with other counts are refused; answers with other counts surprise their
    readers.

Upgrade
    request: Send as many matching items as are asked for now.
    response: Expect other numbers of matching items.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, contains: {type: string}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, contains: {type: string}, minContains: 2}
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
                    {type: array, contains: {type: string}, minContains: 2}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, contains: {type: string}}
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
        f"the number of matching items is {after} now; it was {before}",
        transplant(head, "minContains", "maxContains"),
    )


def _said(schema: Schema) -> str:
    low = 1 if schema.min_contains is None else schema.min_contains
    high = "any number" if schema.max_contains is None else schema.max_contains
    return f"{low} to {high}"


RULE = SchemaRule(
    "contains-count-changed",
    Tier.WIRE,
    "change",
    ("min_contains", "max_contains"),
    detect,
)
