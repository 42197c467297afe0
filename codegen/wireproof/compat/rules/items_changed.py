"""Items of a list became restricted, or free.

What
    `items` is stated on one side only.

Why
    Requests with other items are refused; answers with other items cannot be read.

Upgrade
    request: Send items that follow the new schema.
    response: Expect items that the old schema ruled out.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: array
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: array, items: {type: string}}
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
                    {type: array, items: {type: string}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: array
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side states it."""
    if base.items is None and head.items is not None:
        yield Change("", "items are restricted now", Edit("head", {"items": GONE}))
    elif base.items is not None and head.items is None:
        yield Change("", "items are free now", Edit("base", {"items": GONE}))


RULE = SchemaRule(
    "items-changed",
    Tier.WIRE,
    "change",
    ("items",),
    detect,
)
