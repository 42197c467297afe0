"""Answers may have one more heir.

What
    A schema inherits from a base with a discriminator (`allOf`) and is chosen by a tag that the
    base's contract does not know, where an operation names that base.

Why
    Readers choose the heir by its tag, and know no such tag: generated code fails, programs fall
    through. An open family (`x-extensible-enum` on the base or on its tag, or a default mapping
    in OpenAPI 3.2) tells readers to expect further tags. Where the base lists the tag's values,
    `enum-value-added` says it. In requests more is accepted.

Upgrade
    request: Nothing: more is accepted.
    response: Handle the new tag, and any that you do not know.

Bad
    base:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string}}
            discriminator: {propertyName: kind}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
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
            discriminator: {propertyName: kind}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
          Dog: {allOf: [{$ref: "#/components/schemas/Pet"}]}
      paths:
        /pets:
          get:
            responses:
              "200":
                description: ok
                content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}

Good
    base:
      components:
        schemas:
          Pet:
            type: object
            required: [kind]
            properties: {kind: {type: string, x-extensible-enum: [Cat]}}
            discriminator: {propertyName: kind}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
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
            properties: {kind: {type: string, x-extensible-enum: [Cat, Dog]}}
            discriminator: {propertyName: kind}
          Cat: {allOf: [{$ref: "#/components/schemas/Pet"}]}
          Dog: {allOf: [{$ref: "#/components/schemas/Pet"}]}
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
    """One finding for each side on which the base of a new heir is named."""
    return (one for one in judge_families(comparison) if one.rule == RULE.id)


RULE = Rule("heir-added", Tier.WIRE, "schema", "add", check)
