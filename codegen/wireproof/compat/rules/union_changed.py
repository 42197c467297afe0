"""A choice has other alternatives.

What
    An arm of `oneOf` or `anyOf` that only one side has.

Why
    Readers of answers meet an alternative that they do not know; requests that use one
    which is gone are refused.

Upgrade
    request: Send one of the alternatives that are left.
    response: Handle the new alternatives, and any that you do not know.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    oneOf: [{type: string}, {type: integer}]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    oneOf: [{type: string}]
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
                    oneOf: [{type: string}]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    oneOf: [{type: string}, {type: integer}]
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
    "union-changed",
    Tier.WIRE,
    "change",
    ("any_of", "one_of"),
    detect,
)
