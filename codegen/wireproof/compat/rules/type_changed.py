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
from wireproof.compat.schemas.arms import arms, types_of
from wireproof.compat.schemas.change import Change, Edit, SchemaRule, transplant
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the admitted types differ, or null beside what has no type."""
    before, after = _said(base), _said(head)
    if before != after:
        edit = _edit(head)
        yield Change("", f"the type is {after} now; it was {before}", edit)
    elif base.or_null != head.or_null:
        message = "null is possible now" if head.or_null else "null is possible no more"
        yield Change("null", message, transplant(head, "nullable"))


def _edit(head: Schema) -> Edit:
    types = set() if head.types else _of_arms(head)
    return Edit("base", {"type": sorted(types)}) if types else transplant(head, "type", "nullable")


def _said(schema: Schema) -> str:
    if schema.verdict is not None:
        return "any" if schema.verdict else "none"
    types = schema.types or _of_arms(schema)
    return " or ".join(sorted(types)) if types else "any"


def _of_arms(schema: Schema) -> set[str]:
    """The types of a union that leaves them to its arms; none where one of them states none."""
    for field in ("any_of", "one_of"):
        found = [types_of(arm.value) for arm in arms(schema, field)]
        if found and all(found):
            return set().union(*found)
    return set()


RULE = SchemaRule(
    "type-changed",
    Tier.WIRE,
    "change",
    ("types", "or_null", "verdict"),
    detect,
)
