"""Something became excluded, or allowed.

What
    `not` is stated on one side only.

Why
    Requests with what is excluded are refused.

Upgrade
    request: Do not send what is ruled out now.
    response: Expect values that were ruled out.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: string
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, not: {const: a}}
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
                    {type: string, not: {const: a}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: string
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side states it."""
    if base.not_ is None and head.not_ is not None:
        yield Change("", "the value is restricted now", Edit("head", {"not": GONE}))
    elif base.not_ is not None and head.not_ is None:
        yield Change("", "the value is free now", Edit("base", {"not": GONE}))


RULE = SchemaRule(
    "not-changed",
    Tier.WIRE,
    "change",
    ("not_",),
    detect,
)
