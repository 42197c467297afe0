"""The content of a text became described, or free.

What
    `contentSchema` is stated on one side only.

Why
    It describes what a text holds after decoding. JSON Schema does not validate it, so no
    request is refused for it; readers are told.

Upgrade
    request: Send content that follows the new schema.
    response: Expect content that the old schema ruled out.

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, contentMediaType: application/json}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, contentMediaType: application/json, contentSchema: {}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side states it."""
    if base.content_schema is None and head.content_schema is not None:
        yield Change("", "the content is restricted now", Edit("head", {"contentSchema": GONE}))
    elif base.content_schema is not None and head.content_schema is None:
        yield Change("", "the content is free now", Edit("base", {"contentSchema": GONE}))


RULE = SchemaRule(
    "content-schema-changed",
    Tier.WIRE,
    "change",
    ("content_schema",),
    detect,
    judgement="nature",
)
