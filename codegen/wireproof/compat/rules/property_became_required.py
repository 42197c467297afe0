"""A property may no longer be left out.

What
    A name under `required` that only the head lists. A property that is new itself is
    `property-added`.

Why
    Requests that leave it out are refused. In answers it is a stronger promise.

Upgrade
    request: Send the property in every request.
    response: Nothing: the property is always there.

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
                    required: [a]
                    properties:
                      a: {type: string}
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
                        a: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import needing, requiring
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each name that only the head requires."""
    for name in head.required:
        is_new = name in head.properties and name not in base.properties
        if name not in base.required and not is_new:
            message = f"the property {name!r} became required"
            yield Change(name, message, requiring(base, name), at=needing(name))


RULE = SchemaRule(
    "property-became-required",
    Tier.WIRE,
    "change",
    ("required", "properties"),
    detect,
)
