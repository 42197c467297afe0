"""A list must contain something, or no longer.

What
    `contains` is stated on one side only.

Why
    Requests without such an item are refused.

Upgrade
    request: Send a list that contains what is asked for.
    response: Expect lists without the item that was promised.

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
                    {type: array, contains: {type: string}}
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
                    {type: array, contains: {type: string}}
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
    if base.contains is None and head.contains is not None:
        yield Change("", "contained items are restricted now", Edit("head", {"contains": GONE}))
    elif base.contains is not None and head.contains is None:
        yield Change("", "contained items are free now", Edit("base", {"contains": GONE}))


RULE = SchemaRule(
    "contains-changed",
    Tier.WIRE,
    "change",
    ("contains",),
    detect,
)
