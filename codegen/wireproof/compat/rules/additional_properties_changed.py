"""Undeclared properties became restricted, or free.

What
    `additionalProperties` is stated on one side only.

Why
    A server that forbids other names refuses what it let through; a reader that was
    promised none meets some.

Upgrade
    request: Send declared properties only.
    response: Read past properties that are not declared.

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
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: object, additionalProperties: false}
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
                    additionalProperties: false
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
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side states it."""
    if base.additional_properties is None and head.additional_properties is not None:
        yield Change(
            "",
            "undeclared properties are restricted now",
            Edit("head", {"additionalProperties": GONE}),
        )
    elif base.additional_properties is not None and head.additional_properties is None:
        yield Change(
            "", "undeclared properties are free now", Edit("base", {"additionalProperties": GONE})
        )


RULE = SchemaRule(
    "additional-properties-changed",
    Tier.WIRE,
    "change",
    ("additional_properties",),
    detect,
)
