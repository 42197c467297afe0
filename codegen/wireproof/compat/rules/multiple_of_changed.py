"""A number has another step.

What
    `multipleOf` differs.

Why
    Requests off the new step are refused; answers off the old one surprise their readers.

Upgrade
    request: Send multiples of the new step only.
    response: Expect numbers between the old steps.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: number, multipleOf: 0.01}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: number, multipleOf: 0.1}
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
                    {type: number, multipleOf: 0.1}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: number, multipleOf: 0.05}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule, transplant
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where they differ."""
    before, after = _said(base), _said(head)
    yield Change("", f"it is {after} now; it was {before}", transplant(head, "multipleOf"))


def _said(schema: Schema) -> str:
    return f"a multiple of {schema.multiple_of}" if schema.multiple_of else "any number"


RULE = SchemaRule(
    "multiple-of-changed",
    Tier.WIRE,
    "change",
    ("multiple_of",),
    detect,
)
