"""A default is another one.

What
    `default` of a schema differs, appears or disappears.

Why
    Requests that leave the value out mean something else. In answers a default is
    documentation.

Upgrade
    request: Send the value that you relied on: leaving it out means something else now.
    response: Read a missing value as the new default.

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
                      a: {type: integer, default: 1}
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
                      a: {type: integer, default: 2}
            responses: {"200": {description: ok}}

Good
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
                      properties:
                        a: {type: integer, default: 1}
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
                      properties:
                        a: {type: integer, default: 2}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import told
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where the defaults differ."""
    before = told(base.default) if base.has_default else "not stated"
    after = told(head.default) if head.has_default else "not stated"
    message = f"the default is {after} now; it was {before}"
    yield Change("", message, breaks=(Side.REQUEST,))


RULE = SchemaRule(
    "default-changed",
    Tier.BEHAVIOUR,
    "change",
    ("default", "has_default"),
    detect,
    judgement="nature",
)
