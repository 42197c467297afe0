"""Names of properties became restricted, or free.

What
    `propertyNames` is stated on one side only.

Why
    Requests with other names are refused.

Upgrade
    request: Send allowed names only.
    response: Expect names that were ruled out.

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
                    propertyNames: {maxLength: 3}
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
                    type: object
                    propertyNames: {maxLength: 3}
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
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side states it."""
    if base.property_names is None and head.property_names is not None:
        yield Change("", "names are restricted now", Edit("head", {"propertyNames": GONE}))
    elif base.property_names is not None and head.property_names is None:
        yield Change("", "names are free now", Edit("base", {"propertyNames": GONE}))


RULE = SchemaRule(
    "property-names-changed",
    Tier.WIRE,
    "change",
    ("property_names",),
    detect,
)
