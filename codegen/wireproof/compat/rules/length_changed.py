"""A text has other lengths.

What
    `minLength` or `maxLength` differs.

Why
    Requests of other lengths are refused; answers of other lengths surprise their readers.

Upgrade
    request: Send texts of the new length only.
    response: Make room for texts of the new length.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, maxLength: 20}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, maxLength: 10}
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
                    {type: string, maxLength: 10}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, maxLength: 20}
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
        f"the length is {after} now; it was {before}",
        transplant(head, "minLength", "maxLength"),
    )


def _said(schema: Schema) -> str:
    low = schema.min_length or 0
    return f"{low} or more" if schema.max_length is None else f"{low} to {schema.max_length}"


RULE = SchemaRule(
    "length-changed",
    Tier.WIRE,
    "change",
    ("min_length", "max_length"),
    detect,
)
