"""Properties that no part mentions became restricted, or free.

What
    `unevaluatedProperties` is stated on one side only.

Why
    A server that forbids other names refuses what it let through; a reader that was
    promised none meets some.

Upgrade
    request: Send described properties only.
    response: Read past properties that nothing describes.

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
                    {type: object, unevaluatedProperties: false}
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
                    unevaluatedProperties: false
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
    if base.unevaluated_properties is None and head.unevaluated_properties is not None:
        yield Change(
            "",
            "properties that nothing mentions are restricted now",
            Edit("head", {"unevaluatedProperties": GONE}),
        )
    elif base.unevaluated_properties is not None and head.unevaluated_properties is None:
        yield Change(
            "",
            "properties that nothing mentions are free now",
            Edit("base", {"unevaluatedProperties": GONE}),
        )


RULE = SchemaRule(
    "unevaluated-properties-changed",
    Tier.WIRE,
    "change",
    ("unevaluated_properties",),
    detect,
)
