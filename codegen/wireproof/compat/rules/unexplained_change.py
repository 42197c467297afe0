"""A message admits other values, and no single change accounts for it.

What
    The proof about a whole message fails or stays open, and none of the changes that were found
    on the way does by itself.

Why
    The verdict is the proof's. Where the changes cannot be told apart, or no rule has a name for
    one, it is said all the same: at the message, with the value that shows it.

Upgrade
    request: Send what the new schema admits; the value shows what it no longer does.
    response: Expect what the new schema admits; the value shows what is new.

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content: {application/json: {schema: {type: object}}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content: {application/json: {schema: {allOf: [{type: object}]}}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema


def detect(_base: Schema, _head: Schema) -> Iterator[Change]:
    """Nothing: the explainer says so where nothing else does."""
    yield from ()


RULE = SchemaRule("unexplained-change", Tier.WIRE, "change", (), detect)
