"""A property may be left out now.

What
    A name under `required` that only the base lists.

Why
    Readers of answers rely on what is required. In requests it asks for less.

Upgrade
    request: Nothing: the property may be left out.
    response: Handle its absence.

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
                      properties:
                        a: {type: string}

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
                    required: [a]
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
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import needing, not_requiring
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each name that only the base requires."""
    for name in base.required:
        removed = name in base.properties and name not in head.properties
        if name not in head.required and not removed:
            message = f"the property {name!r} became optional"
            yield Change(name, message, not_requiring(base, name), at=needing(name))


RULE = SchemaRule(
    "property-became-optional",
    Tier.WIRE,
    "change",
    ("required",),
    detect,
)
