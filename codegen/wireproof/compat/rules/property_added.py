"""An object has a new property.

What
    A name under `properties` that only the head declares, be it required or not.

Why
    Answers may grow: readers skip what they do not know, unless the base forbade other
    names. Requests may grow as long as the new property may be left out.

Upgrade
    request: Send the property as declared, or not at all.
    response: Read past the new property, or use it.

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
                      properties:
                        a: {type: string}
                      additionalProperties: false
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
                        b: {type: string}
                      additionalProperties: false

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
                      a: {type: string}
                      b: {type: string}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import without
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each name that only the head declares."""
    for name in head.properties:
        if name not in base.properties:
            at = (("properties", name), ("properties",))
            kind = "required property" if name in head.required else "property"
            alone = without(head, "head", name)
            yield Change(name, f"the {kind} {name!r} was added", alone, at=at)


RULE = SchemaRule(
    "property-added",
    Tier.WIRE,
    "add",
    ("properties",),
    detect,
)
