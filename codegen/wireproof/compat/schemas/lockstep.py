"""Two schema graphs walked in step: which child of one is which child of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wireproof.ir.schema import Schema, SchemaId


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
ARMS = ("all_of", "any_of", "one_of")


def children(base: Schema, head: Schema) -> Iterator[SchemaPair]:
    """Matched children, in a fixed order; what only one side has is its parent's change."""
    for name in _NAMED:
        ours: Mapping[str, SchemaId] = getattr(base, name)
        theirs: Mapping[str, SchemaId] = getattr(head, name)
        yield from (SchemaPair(ours[key], theirs[key]) for key in ours if key in theirs)
    for name in _SINGLE:
        left, right = getattr(base, name), getattr(head, name)
        if left is not None and right is not None:
            yield SchemaPair(left, right)
    yield from map(SchemaPair, base.prefix_items, head.prefix_items)
    for name in ARMS:
        yield from matched_arms(base, head, name)


def matched_arms(base: Schema, head: Schema, keyword: str) -> Iterator[SchemaPair]:
    """Arms of `all_of`, `any_of` or `one_of` that are the same: by component, else by order.

    Inline arms have no names: they are matched in order as far as both sides have some.
    """
    ours: tuple[SchemaId, ...] = getattr(base, keyword)
    theirs: tuple[SchemaId, ...] = getattr(head, keyword)
    shared = set(ours) & {arm for arm in theirs if not _inline(arm, head)}
    shared = {arm for arm in shared if not _inline(arm, base)}
    yield from (SchemaPair(arm, arm) for arm in ours if arm in shared)
    rest = [arm for arm in ours if arm not in shared and _inline(arm, base)]
    others = [arm for arm in theirs if arm not in shared and _inline(arm, head)]
    yield from map(SchemaPair, rest, others)


def unmatched_arms(base: Schema, head: Schema, keyword: str) -> tuple[list[int], list[int]]:
    """Positions of the arms that only the base has, and of those that only the head has."""
    pairs = list(matched_arms(base, head, keyword))
    ours, theirs = {pair.base for pair in pairs}, {pair.head for pair in pairs}
    return (
        [n for n, arm in enumerate(getattr(base, keyword)) if arm not in ours],
        [n for n, arm in enumerate(getattr(head, keyword)) if arm not in theirs],
    )


def _inline(arm: SchemaId, owner: Schema) -> bool:
    return arm.startswith(f"{owner.id}/")
