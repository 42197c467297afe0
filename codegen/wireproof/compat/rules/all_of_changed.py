"""A conjunction has other parts.

What
    An arm of `allOf` that only one side has.

Why
    Each part asks for more: requests that do not obey a new one are refused.

Upgrade
    request: Send what the added parts ask for as well.
    response: Expect values that the removed parts ruled out.

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
                    properties:
                      a: {}
                      b: {}
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
                    properties:
                      a: {}
                      b: {}
                    allOf: [{required: [b]}]
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
                    properties:
                      a: {}
                      b: {}
                    allOf: [{required: [b]}]
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
                    properties:
                      a: {}
                      b: {}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import changed_arms
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each arm that only one side has."""
    yield from changed_arms(base, head, RULE.fields)


RULE = SchemaRule(
    "all-of-changed",
    Tier.WIRE,
    "change",
    ("all_of",),
    detect,
)
