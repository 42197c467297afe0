"""Which keyword of a schema a change is about, in the spelling that the document uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wireproof.compat.places import Way, differing
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "types": ("type", "nullable"),
    "or_null": ("nullable", "type"),
    "verdict": (),
    "ref": ("$ref",),
    "enum": ("enum", "const", "x-extensible-enum"),
    "extensible_enum": ("x-extensible-enum",),
    "exclusive_minimum": ("exclusiveMinimum", "minimum"),
    "exclusive_maximum": ("exclusiveMaximum", "maximum"),
    "content_encoding": ("contentEncoding", "format"),
    "content_media_type": ("contentMediaType", "format"),
    "prefix_items": ("prefixItems", "items"),
    "has_default": ("default",),
    "examples": ("examples", "example"),
}
"""Fields of `Schema` that have another name, or several, in documents."""


def ways(rule: SchemaRule, change: Change, base: Schema, head: Schema) -> tuple[Way, ...]:
    """The change's own ways, then those to the rule's keywords as far as they differ."""
    keywords = (keyword for name in rule.fields for keyword in _keywords(name, base, head))
    return (*change.at, *differing(base.origin, head.origin, keywords))


def _keywords(name: str, base: Schema, head: Schema) -> Iterator[str]:
    if name == "extensions":
        yield from {**base.extensions, **head.extensions}
    elif name == "unmodelled":
        yield from (*base.unmodelled, *head.unmodelled)
    elif name in _SPELLINGS:
        yield from _SPELLINGS[name]
    else:
        first, *rest = name.rstrip("_").split("_")
        yield first + "".join(word.capitalize() for word in rest)
