"""A value has another type.

What
    `type` (or `nullable`) differs.

Why
    A reader of the base cannot read a type that it does not expect: a string where it waits
    for a number, null where it waits for anything else.

Upgrade
    request: Send values of the new type.
    response: Read values of the new type.

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
                      type: string
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
                      type: [string, "null"]

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: integer
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: number
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule, transplant
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the admitted types differ, or null beside what has no type."""
    before, after = _said(base), _said(head)
    if before != after:
        edit = transplant(head, "type", "nullable")
        yield Change("", f"the type is {after} now; it was {before}", edit)
    elif base.or_null != head.or_null:
        message = "null is possible now" if head.or_null else "null is possible no more"
        yield Change("null", message, transplant(head, "nullable"))


def _said(schema: Schema) -> str:
    if schema.verdict is not None:
        return "any" if schema.verdict else "none"
    if schema.types is None:
        return "any"
    return " or ".join(sorted({*schema.types, *(["null"] if schema.or_null else [])}))


RULE = SchemaRule(
    "type-changed",
    Tier.WIRE,
    "change",
    ("types", "or_null", "verdict"),
    detect,
)
