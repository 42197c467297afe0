"""Two schema graphs walked in step: which child of one is which child of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wireproof.compat.schemas.arms import KEYWORDS, matches
from wireproof.compat.schemas.wrappers import content, same_shape
from wireproof.ir.schema import Schema, SchemaId

Schemas = Mapping[SchemaId, Schema]

MAX_WRAPPERS = 8


class SchemaPair(NamedTuple):
    """The same place in both contracts."""

    base: SchemaId
    head: SchemaId


_SINGLE = (
    "ref",
    "items",
    "contains",
    "unevaluated_items",
    "additional_properties",
    "property_names",
    "unevaluated_properties",
    "not_",
    "if_",
    "then",
    "else_",
    "content_schema",
)
_NAMED = ("properties", "pattern_properties", "dependent_schemas")


def children(base: Schema, head: Schema) -> Iterator[SchemaPair]:
    """Matched children, in a fixed order; what only one side has is its parent's change."""
    base, head = same_shape(base, head)
    for name in _NAMED:
        ours: Mapping[str, SchemaId] = getattr(base, name)
        theirs: Mapping[str, SchemaId] = getattr(head, name)
        yield from (SchemaPair(ours[key], theirs[key]) for key in ours if key in theirs)
    for name in _SINGLE:
        left, right = getattr(base, name), getattr(head, name)
        if left is not None and right is not None:
            yield SchemaPair(left, right)
    yield from map(SchemaPair, base.prefix_items, head.prefix_items)
    for name in KEYWORDS:
        yield from matched_arms(base, head, name)


def matched_arms(base: Schema, head: Schema, field: str) -> Iterator[SchemaPair]:
    """Arms of `all_of`, `any_of` or `one_of` that are the same."""
    yield from (SchemaPair(ours.id, theirs.id) for ours, theirs in matches(base, head, field))


def peeled(pair: SchemaPair, base: Schemas, head: Schemas) -> SchemaPair:
    """The pair without a wrapper that only one side has and that says nothing of its own."""
    for _ in range(MAX_WRAPPERS):
        ours, theirs = content(base[pair.base]), content(head[pair.head])
        if (ours is None) == (theirs is None):
            break
        pair = SchemaPair(ours or pair.base, theirs or pair.head)
    return pair
