"""The stability of a value was lowered, or cannot be read.

What
    `x-stability` of a schema is lower in the head than in the base (stable > beta >
    experimental), or is none of these.

Why
    Taking a promise back is how a breaking change would slip through the gate later.

Upgrade
    Expect it to change without further notice.

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
                        a: {type: string, x-stability: beta}

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
                        a: {type: string, x-stability: beta}
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
                        a: {type: string, x-stability: stable}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema

_KEYS = ("x-stability", "x-stability-level")
_ORDER = {"draft": 0, "alpha": 0, "experimental": 0, "beta": 1, "stable": 2}


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the level is lower or unknown in the head."""
    before, after = _level(base), _level(head)
    if before != after and _ORDER.get(after, -1) < _ORDER.get(before, 2):
        message = f"its stability is {after!r} now; it was {before!r}"
        yield Change("", message, breaks=tuple(Side), at=tuple((key,) for key in _KEYS))


def _level(schema: Schema) -> str:
    return str(
        next((schema.extensions[key] for key in _KEYS if key in schema.extensions), "stable")
    )


RULE = SchemaRule(
    "schema-stability-changed",
    Tier.BEHAVIOUR,
    "change",
    ("extensions",),
    detect,
    judgement="nature",
)
