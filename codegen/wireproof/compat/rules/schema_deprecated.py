"""A value is announced to go, or no longer.

What
    `deprecated` differs.

Why
    An announcement breaks nothing, as long as it leaves time: a sunset date that has passed, or
    that comes sooner than the configured notice, does not.

Upgrade
    Stop using it before it goes.

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
                        a: {type: string, deprecated: true, x-sunset: 2020-01-31}

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
from wireproof.compat.schemas.lifecycle import lifecycle
from wireproof.ir.schema import Schema


def detect(_base: Schema, head: Schema) -> Iterator[Change]:
    """One change where it differs."""
    life = lifecycle(head)
    if not life.deprecated:
        yield Change("", "it is no longer deprecated")
        return
    until = f"until {life.sunset}" if life.sunset else "without a sunset date"
    yield Change("", f"it is deprecated {until}", announces=life)


RULE = SchemaRule(
    "schema-deprecated",
    Tier.BEHAVIOUR,
    "change",
    ("deprecated",),
    detect,
    judgement="nature",
)
