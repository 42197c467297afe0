"""A reference beside other keywords differs.

What
    `$ref` with siblings is stated on one side only.

Why
    What it points at joins, or leaves, the rules for the value.

Upgrade
    request: Send what the referenced schema asks for.
    response: Expect values that the old reference ruled out.

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, description: A}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, description: B}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where only one side refers to another schema."""
    if base.ref is None and head.ref is not None:
        yield Change("", f"it refers to {head.ref} now", Edit("head", {"$ref": GONE}))
    elif base.ref is not None and head.ref is None:
        yield Change("", f"it no longer refers to {base.ref}", Edit("base", {"$ref": GONE}))


RULE = SchemaRule(
    "reference-changed",
    Tier.WIRE,
    "change",
    ("ref",),
    detect,
)
