"""Rules under a condition differ.

What
    `if`, `then` or `else` is stated on one side only.

Why
    Requests that meet the condition and not the rule are refused.

Upgrade
    request: Send what the new condition asks for.
    response: Expect values that the old condition ruled out.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      a: {type: string}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      a: {type: string}
                    if: {required: [a]}
                    then: {properties: {a: {minLength: 3}}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    if: {required: [a]}
                    then: {required: [b]}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where a part is stated on one side only."""
    before = [getattr(base, name) is not None for name in RULE.fields]
    after = [getattr(head, name) is not None for name in RULE.fields]
    if before != after:
        yield Change("", "the rules under a condition are others now", _edit(before, after))


def _edit(before: list[bool], after: list[bool]) -> Edit | None:
    nothing = {"if": GONE, "then": GONE, "else": GONE}
    if not any(before):
        return Edit("head", nothing)
    if not any(after):
        return Edit("base", nothing)
    return None


RULE = SchemaRule(
    "conditional-changed",
    Tier.WIRE,
    "change",
    ("if_", "then", "else_"),
    detect,
)
