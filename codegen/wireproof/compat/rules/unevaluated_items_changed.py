"""Items that no part mentions became restricted, or free.

What
    `unevaluatedItems` is stated on one side only.

Why
    Requests with more items are refused.

Upgrade
    request: Send described items only.
    response: Expect items that nothing describes.

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
                    prefixItems: [{type: string}]
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
                    prefixItems: [{type: string}]
                    unevaluatedItems: false
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
                    {type: array, unevaluatedItems: false}
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
    if base.unevaluated_items is None and head.unevaluated_items is not None:
        yield Change(
            "",
            "items that nothing mentions are restricted now",
            Edit("head", {"unevaluatedItems": GONE}),
        )
    elif base.unevaluated_items is not None and head.unevaluated_items is None:
        yield Change(
            "", "items that nothing mentions are free now", Edit("base", {"unevaluatedItems": GONE})
        )


RULE = SchemaRule(
    "unevaluated-items-changed",
    Tier.WIRE,
    "change",
    ("unevaluated_items",),
    detect,
)
