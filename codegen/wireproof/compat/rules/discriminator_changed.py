"""The alternatives of a choice are told apart differently.

What
    `discriminator` differs: its property, or which tag means what.

Why
    Readers choose the alternative by the tag; with another one they choose wrongly or not
    at all.

Upgrade
    request: Send the tag under its new name or with its new value.
    response: Read the tag under its new name and with its new meaning.

Bad
    base:
      components:
        schemas:
          Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
          Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
          Pet:
            oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
            discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
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
          Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
          Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
          Pet:
            oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
            discriminator: {propertyName: kind, mapping: {feline: Cat, dog: Dog}}
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

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Discriminator, Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where tags are read differently."""
    before, after = base.discriminator, head.discriminator
    if before is not None and after is not None:
        if before.property_name != after.property_name:
            message = f"the tag is {after.property_name!r} now; it was {before.property_name!r}"
            yield Change("", message, at=(("discriminator", "propertyName"),))
        for tag in {**before.mapping, **after.mapping}:
            if before.mapping.get(tag) != after.mapping.get(tag):
                at = (("discriminator", "mapping", tag), ("discriminator",))
                yield Change(tag, f"the tag {tag!r} {_fate(before, after, tag)}", at=at)


def _fate(before: Discriminator, after: Discriminator, tag: str) -> str:
    if tag not in before.mapping:
        return "was added to the mapping"
    return "means another alternative" if tag in after.mapping else "left the mapping"


RULE = SchemaRule(
    "discriminator-changed",
    Tier.BEHAVIOUR,
    "change",
    ("discriminator",),
    detect,
)
