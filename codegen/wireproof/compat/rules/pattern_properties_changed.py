"""Properties whose names fit a pattern have other rules.

What
    A pattern under `patternProperties` that only one side has.

Why
    Requests with such a property of another kind are refused.

Upgrade
    request: Send properties of such names as the new rules ask.
    response: Expect values that the old rules ruled out.

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
                    additionalProperties: {}
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
                    additionalProperties: {}
                    patternProperties: {"^x-": {type: string}}
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
                    patternProperties: {"^x-": {type: string}}
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
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import minus
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each entry that only one side has."""
    for name in head.pattern_properties:
        if name not in base.pattern_properties:
            edit = minus(head, "head", "patternProperties", name)
            yield Change(
                name, f"properties like {name!r} got rules", edit, at=(("patternProperties", name),)
            )
    for name in base.pattern_properties:
        if name not in head.pattern_properties:
            edit = minus(base, "base", "patternProperties", name)
            yield Change(
                name,
                f"properties like {name!r} lost its rules",
                edit,
                at=(("patternProperties", name),),
            )


RULE = SchemaRule(
    "pattern-properties-changed",
    Tier.WIRE,
    "change",
    ("pattern_properties",),
    detect,
)
