"""A list of values shrank.

What
    A value under `enum` (or `const`) that only the base lists, or a list is new.

Why
    Requests with that value are refused. In answers readers wait for it in vain, which
    breaks nothing on the wire.

Upgrade
    request: Send another value in place of the removed one.
    response: Stop waiting for the removed value.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, enum: [a, b]}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, enum: [a]}
            responses: {"200": {description: ok}}

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
                      {type: string, enum: [a]}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule, transplant
from wireproof.compat.schemas.members import listing, told
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each value that only the base lists, or one where a list is new."""
    if head.enum is None:
        return
    if base.enum is None:
        edit = transplant(head, "enum", "const", "x-extensible-enum")
        yield Change("*", "only listed values are possible now; any was", edit)
        return
    kept = {repr(value) for value in head.enum}
    for value in base.enum:
        if repr(value) not in kept:
            left = [other for other in base.enum if repr(other) != repr(value)]
            alone = Edit("base", {"enum": left, "const": GONE})
            if not left:  # nothing is no list: look at the head with the value back
                alone = Edit("head", {"enum": [*head.enum, value], "const": GONE})
            message = f"the value {told(value)} was removed"
            yield Change(repr(value), message, alone, at=listing(value))


RULE = SchemaRule(
    "enum-value-removed",
    Tier.WIRE,
    "remove",
    ("enum", "extensible_enum"),
    detect,
)
