"""A property travels another way.

What
    `readOnly` or `writeOnly` differs.

Why
    A property that becomes read-only is no longer read from requests; one that becomes
    write-only is missing from answers.

Upgrade
    request: Send the property only where it may still be written.
    response: Do not count on the property where it is no longer sent.

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
                      type: object
                      required: [a]
                      properties:
                        a: {type: string}
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
                      type: object
                      required: [a]
                      properties:
                        a: {type: string, writeOnly: true}

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
                      a: {type: string, description: b}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule, transplant
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the access differs."""
    edit = transplant(head, "readOnly", "writeOnly")
    yield Change("", f"it is {_said(head)} now; it was {_said(base)}", edit)


def _said(schema: Schema) -> str:
    if schema.read_only:
        return "read-only"
    return "write-only" if schema.write_only else "read and written"


RULE = SchemaRule(
    "access-changed",
    Tier.WIRE,
    "change",
    ("read_only", "write_only"),
    detect,
)
