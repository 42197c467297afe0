"""A list of values grew.

What
    A value under `enum` (or `const`) that only the head lists, or the list is gone.

Why
    A reader that knows all values by heart meets one that it does not know. Readers of an
    open enum (`x-extensible-enum`) expect that. In requests more is accepted.

Upgrade
    request: Nothing: more is accepted.
    response: Handle the new value, and any value that you do not know.

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
                      {type: string, enum: [a, b]}
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
                      {type: string, enum: [a, b, c]}

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
                      {type: string, enum: [a, b], x-extensible-enum: true}
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
                      {type: string, enum: [a, b, c], x-extensible-enum: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.compat.schemas.members import listing, told
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each value that only the head lists, or one where the list went."""
    if base.enum is None:
        return
    if head.enum is None:
        edit = Edit("base", {"enum": GONE, "const": GONE})
        yield Change("*", "any value is possible now; there was a list", edit)
        return
    known = {repr(value) for value in base.enum}
    for value in head.enum:
        if repr(value) not in known:
            edit = Edit("base", {"enum": [*base.enum, value], "const": GONE})
            yield Change(repr(value), f"the value {told(value)} was added", edit, at=listing(value))


RULE = SchemaRule(
    "enum-value-added",
    Tier.WIRE,
    "add",
    ("enum", "extensible_enum"),
    detect,
)
