"""An object has another number of properties.

What
    `minProperties` or `maxProperties` differs.

Why
    Requests with other counts are refused; answers with other counts surprise their
    readers.

Upgrade
    request: Send as many properties as are allowed now.
    response: Expect objects with other numbers of properties.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    additionalProperties: {type: string}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    additionalProperties: {type: string}
                    minProperties: 1
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
                    {type: object, minProperties: 1}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
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
        f"the number of properties is {after} now; it was {before}",
        transplant(head, "minProperties", "maxProperties"),
    )


def _said(schema: Schema) -> str:
    low, high = schema.min_properties or 0, schema.max_properties
    return f"{low} or more" if high is None else f"{low} to {high}"


RULE = SchemaRule(
    "property-count-changed",
    Tier.WIRE,
    "change",
    ("min_properties", "max_properties"),
    detect,
)
