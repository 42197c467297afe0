"""A schema is no longer an heir of its base.

What
    A schema that inherited from a base with a discriminator (`allOf`), and was chosen by a tag
    of its own, does not any more, where an operation names that base.

Why
    The tag chooses what a request is read as, and a server does not know the old one any more.
    Where the base lists the tag's values, `enum-value-removed` says it. Answers that no longer
    come surprise nobody.

Upgrade
    request: Send one of the heirs that are left.
    response: Nothing: it is not sent any more.

Bad
    base:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string}}
            discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
          Dog: {allOf: [{$ref: "#/components/schemas/Pet"}]}
      paths:
        /pets:
          post:
            requestBody:
              content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
            responses: {"200": {description: ok}}
    head:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string}}
            discriminator: {propertyName: kind, mapping: {cat: Cat}}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
      paths:
        /pets:
          post:
            requestBody:
              content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
            responses: {"200": {description: ok}}

Good
    base:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string}}
            discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
          Dog: {allOf: [{$ref: "#/components/schemas/Pet"}]}
      paths:
        /pets:
          get:
            responses:
              "200":
                description: ok
                content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
    head:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string}}
            discriminator: {propertyName: kind, mapping: {cat: Cat}}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
      paths:
        /pets:
          get:
            responses:
              "200":
                description: ok
                content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier
from wireproof.compat.rule import Comparison, Rule
from wireproof.compat.schemas.lineage import judge_families


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each side on which the base of a lost heir is named."""
    return (one for one in judge_families(comparison) if one.rule == RULE.id)


RULE = Rule("heir-removed", Tier.WIRE, "schema", "remove", check)
