"""A property of an object is gone.

What
    A name under `properties` that only the base declares.

Why
    Readers of answers miss it: if it was required they relied on it. In requests, a server
    that forbids other names refuses what clients still send.

Upgrade
    request: Stop sending the property.
    response: Stop reading the property: it may no longer come.

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
                        b: {type: string}

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
                      b: {type: string}
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
from wireproof.compat.schemas.members import without
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each name that only the base declares."""
    for name in base.properties:
        if name not in head.properties:
            at = (("properties", name), ("properties",))
            yield Change(
                name, f"the property {name!r} was removed", without(base, "base", name), at=at
            )


RULE = SchemaRule(
    "property-removed",
    Tier.WIRE,
    "remove",
    ("properties",),
    detect,
)
