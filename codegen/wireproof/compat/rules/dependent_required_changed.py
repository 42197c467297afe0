"""Properties require each other differently.

What
    `dependentRequired` differs.

Why
    Requests that leave out what a sent property asks for are refused.

Upgrade
    request: Send what is required together now.
    response: Do not count on properties that came together.

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
                      a: {}
                      b: {}
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
                      a: {}
                      b: {}
                    dependentRequired: {a: [b]}
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
                    properties:
                      a: {}
                      b: {}
                    dependentRequired: {a: [b]}
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
                      a: {}
                      b: {}
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
    yield Change(
        "",
        f"what is required together is {after} now; it was {before}",
        transplant(head, "dependentRequired"),
    )


def _said(schema: Schema) -> str:
    rows = [f"{name} with {', '.join(needs)}" for name, needs in schema.dependent_required.items()]
    return "; ".join(rows) or "nothing"


RULE = SchemaRule(
    "dependent-required-changed",
    Tier.WIRE,
    "change",
    ("dependent_required",),
    detect,
)
