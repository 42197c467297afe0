"""The alternatives of a choice are told apart differently.

What
    `discriminator` differs: its property, which tag means what, or whether there is one. Of a
    base schema with heirs (`allOf`) too, wherever the base is named; heirs that come and go are
    `heir-added` and `heir-removed`.

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
from dataclasses import replace

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import GONE, Change, Edit, SchemaRule
from wireproof.ir.schema import Discriminator, Schema


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change where tags are read differently, or choose no longer, or only now."""
    before, after = base.discriminator, head.discriminator
    way = ("discriminator",)
    if before is None and after is not None:
        message = f"the tag {after.property_name!r} tells the alternatives apart now"
        yield Change("tag", message, Edit("head", {"discriminator": GONE}), at=(way,))
    elif before is not None and after is None:
        message = f"the tag {before.property_name!r} tells the alternatives apart no more"
        yield Change("tag", message, Edit("base", {"discriminator": GONE}), at=(way,))
    elif before is not None and after is not None:
        edit = None if _chooses(base) or _chooses(head) else Edit("head", {"discriminator": GONE})
        for one in _differences(before, after):
            yield replace(one, edit=edit, at=(*one.at, way))


def _chooses(schema: Schema) -> bool:
    """Whether tags matter to validators: those of a base schema matter to readers alone."""
    return bool(schema.one_of or schema.any_of)


def _differences(before: Discriminator, after: Discriminator) -> Iterator[Change]:
    if before.property_name != after.property_name:
        message = f"the tag is {after.property_name!r} now; it was {before.property_name!r}"
        yield Change("", message, at=(("discriminator", "propertyName"),))
    if before.default != after.default:
        told = [_short(one.default) for one in (after, before)]
        message = f"a tag that is not listed means {told[0]} now; it meant {told[1]}"
        yield Change("default", message, at=(("discriminator", "defaultMapping"),))
    for tag in {**before.mapping, **after.mapping}:
        if before.mapping.get(tag) != after.mapping.get(tag):
            at = (("discriminator", "mapping", tag),)
            yield Change(tag, f"the tag {tag!r} {_fate(before, after, tag)}", at=at)


def _short(schema: str | None) -> str:
    return schema.removeprefix("#/components/schemas/") if schema else "nothing"


def _fate(before: Discriminator, after: Discriminator, tag: str) -> str:
    if tag not in before.mapping:
        return "was added to the mapping"
    return "means another alternative" if tag in after.mapping else "left the mapping"


RULE = SchemaRule(
    "discriminator-changed",
    Tier.WIRE,
    "change",
    ("discriminator",),
    detect,
)
