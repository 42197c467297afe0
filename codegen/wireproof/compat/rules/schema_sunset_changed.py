"""A value's sunset date moved closer, went, or cannot be read.

What
    `x-sunset` of a schema is earlier than in the base, missing while the schema is still
    deprecated, or no date.

Why
    Clients planned their migration by the date. It may move away, never closer, and not
    into the dark.

Upgrade
    Migrate before the new date.

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
                    schema: {type: string, deprecated: true, x-sunset: 2031-01-31}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string, deprecated: true, x-sunset: 2030-01-31}

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
                    schema: {type: string, deprecated: true, x-sunset: 2030-01-31}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string, deprecated: true, x-sunset: 2031-01-31}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.lifecycle import parsed
from wireproof.ir.schema import Schema

_KEY = "x-sunset"


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the date is worse than before."""
    before, after = base.extensions.get(_KEY), head.extensions.get(_KEY)
    if before == after or not head.deprecated:
        return
    old, new = parsed(before), parsed(after)
    if after is not None and new is None:
        yield Change("", f"the sunset date {after!r} is no date", breaks=tuple(Side), at=((_KEY,),))
    elif old is not None and (new is None or new < old):
        message = f"the sunset date is {new or 'gone'} now; it was {old}"
        yield Change("", message, breaks=tuple(Side), at=((_KEY,),))


RULE = SchemaRule(
    "schema-sunset-changed",
    Tier.BEHAVIOUR,
    "change",
    ("extensions",),
    detect,
    judgement="nature",
)
