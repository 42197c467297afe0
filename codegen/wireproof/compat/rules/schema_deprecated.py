"""A value is announced to go, or no longer.

What
    `deprecated` differs.

Why
    Nothing breaks.

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
                    schema:
                      type: object
                      properties:
                        a: {type: string}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        a: {type: string, deprecated: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema


def detect(_base: Schema, head: Schema) -> Iterator[Change]:
    """One change where it differs."""
    yield Change("", "it is deprecated" if head.deprecated else "it is no longer deprecated")


RULE = SchemaRule(
    "schema-deprecated",
    Tier.BEHAVIOUR,
    "change",
    ("deprecated",),
    detect,
    judgement="nature",
)
