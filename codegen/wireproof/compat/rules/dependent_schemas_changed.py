"""A property brings other rules with it.

What
    A name under `dependentSchemas` that only one side has.

Why
    Requests that send the property without obeying the rules are refused.

Upgrade
    request: Send what the presence of the property asks for.
    response: Expect values that the removed rules ruled out.

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
                      a: {}
                      b: {}
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
                      a: {}
                      b: {}
                    dependentSchemas: {a: {required: [b]}}
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
                    type: object
                    properties:
                      a: {}
                      b: {}
                    dependentSchemas: {a: {required: [b]}}
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
                      a: {}
                      b: {}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.members import minus
from wireproof.ir.schema import Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each entry that only one side has."""
    for name in head.dependent_schemas:
        if name not in base.dependent_schemas:
            edit = minus(head, "head", "dependentSchemas", name)
            yield Change(
                name, f"the presence of {name!r} got rules", edit, at=(("dependentSchemas", name),)
            )
    for name in base.dependent_schemas:
        if name not in head.dependent_schemas:
            edit = minus(base, "base", "dependentSchemas", name)
            yield Change(
                name,
                f"the presence of {name!r} lost its rules",
                edit,
                at=(("dependentSchemas", name),),
            )


RULE = SchemaRule(
    "dependent-schemas-changed",
    Tier.WIRE,
    "change",
    ("dependent_schemas",),
    detect,
)
