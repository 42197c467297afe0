"""Embedded content is of another kind.

What
    `contentMediaType` of a text differs, appears or disappears.

Why
    The text is JSON to one side and plain words to the other: whoever looks inside fails.
    A request that could hold anything must now hold one kind; an answer that held one kind
    may now hold anything. No schema decides that, because validators do not look into texts.

Upgrade
    request: Send content of the new kind.
    response: Read content of the new kind.

Bad
    base:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string, contentMediaType: application/json}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string, contentMediaType: text/csv}

Good
    base:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string, contentMediaType: text/csv}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the kinds differ."""
    before, after = base.content_media_type, head.content_media_type
    if before == after:
        return
    message = f"the content is {after or 'of any kind'} now; it was {before or 'of any kind'}"
    broken = [Side.REQUEST] if after else []
    broken += [Side.RESPONSE] if before else []
    yield Change("", message, breaks=tuple(broken))


RULE = SchemaRule(
    "content-media-type-changed",
    Tier.BEHAVIOUR,
    "change",
    ("content_media_type",),
    detect,
    judgement="nature",
)
