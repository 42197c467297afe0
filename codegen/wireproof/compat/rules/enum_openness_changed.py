"""A list of values became open, or closed.

What
    `x-extensible-enum` differs.

Why
    Readers of an open enum must expect more than is listed; readers of a closed one need
    not, and closing the list of a request refuses what was let through.

Upgrade
    request: Send listed values only.
    response: Treat a value that is not listed as unknown instead of failing.

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
                      {type: string, enum: [a]}
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
                      {type: string, enum: [a], x-extensible-enum: true}

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
                      {type: string, enum: [a], x-extensible-enum: true}
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
                      {type: string, enum: [a]}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where one list is open and the other closed."""
    if base.enum is not None and head.enum is not None:
        if head.extensible_enum:
            yield Change("", "the list of values is open now", breaks=(Side.RESPONSE,))
        else:
            yield Change("", "the list of values is closed now", breaks=(Side.REQUEST,))


RULE = SchemaRule(
    "enum-openness-changed",
    Tier.BEHAVIOUR,
    "change",
    ("extensible_enum",),
    detect,
    judgement="nature",
)
