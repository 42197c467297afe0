"""A text has another format.

What
    `format`, `contentEncoding` or `contentMediaType` differs.

Why
    Known formats are compared as languages; an unknown one is its own and nobody else's.

Upgrade
    request: Send values of the new format.
    response: Read values of the new format.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: string
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    {type: string, format: date}
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
                    {type: string, format: date}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    type: string
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
    if before == after:
        return
    yield Change(
        "",
        f"the format is {after} now; it was {before}",
        transplant(head, "format", "contentEncoding"),
    )


def _said(schema: Schema) -> str:
    parts = (schema.format, schema.content_encoding)
    return ", ".join(part for part in parts if part) or "free"


RULE = SchemaRule(
    "format-changed",
    Tier.WIRE,
    "change",
    ("format", "content_encoding"),
    detect,
)
