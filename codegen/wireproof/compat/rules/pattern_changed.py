"""A text has another pattern.

What
    `pattern` differs.

Why
    Patterns are compared as languages: what only the narrower one refuses is shown as the
    witness.

Upgrade
    request: Send texts that match the new pattern.
    response: Expect texts that the old pattern ruled out.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, pattern: "^[a-z]+$"}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, pattern: "^[a-f]+$"}
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
                    {type: string, pattern: "^[0-9]+$"}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, pattern: "^[0-9]{1,}$"}
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
    yield Change("", f"the pattern is {after} now; it was {before}", transplant(head, "pattern"))


def _said(schema: Schema) -> str:
    return repr(schema.pattern) if schema.pattern is not None else "free"


RULE = SchemaRule(
    "pattern-changed",
    Tier.WIRE,
    "change",
    ("pattern",),
    detect,
)
