"""Schemas that state the same in two contracts, whatever their words and names are.

Between two versions of a contract descriptions are reworded everywhere, and components are called
by other names. Two schemas of which words alone differ, and names of what they refer to, with all
that they refer to, admit the same values: the solver may take one for the other. Where such
schemas lead back to themselves they do so in both contracts, so that no value tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wireproof.compat.subsume.twins import Alike
from wireproof.compat.subsume.unmodelled import HARMLESS
from wireproof.compat.subsume.values import freeze
from wireproof.ir.schema import Schema, SchemaId, differing

Pair = tuple[SchemaId, SchemaId]
"""A schema of the one contract, and one of the other."""

_WORDS = frozenset(
    {"title", "description", "examples", "default", "has_default", "deprecated", "extensions"}
)
_SINGLE = (
    "ref",
    "content_schema",
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
)
_LISTS = ("prefix_items", "all_of", "any_of", "one_of")
_NAMED = ("properties", "pattern_properties", "dependent_schemas")
_ASIDE = _WORDS | {"enum", "unmodelled", "discriminator", *_SINGLE, *_LISTS, *_NAMED}
"""Fields that say nothing about values, or are compared in their own way."""


class Senses:
    """Decides for schemas of two contracts, and remembers."""

    def __init__(
        self, left: Mapping[SchemaId, Schema], right: Mapping[SchemaId, Schema], alike: Alike
    ) -> None:
        self._sides = (left, right)
        self._alike = alike
        self._known: dict[Pair, bool] = {}

    def equal(self, left: SchemaId, right: SchemaId) -> bool:
        """Whether two schemas state the same, all that is reached included."""
        pair = (left, right)
        if pair not in self._known:
            self._settle(pair)
        return self._known[pair]

    def _settle(self, first: Pair) -> None:
        """Decide everything reachable at once: unequal is what reaches something unequal."""
        users: dict[Pair, list[Pair]] = {first: []}
        unequal: list[Pair] = []
        queue = [first]
        while queue:
            current = queue.pop()
            children = self._children(current)
            if children is None:
                unequal.append(current)
                continue
            for child in children:
                known = self._known.get(child)
                if known is None:
                    if child not in users:
                        users[child] = []
                        queue.append(child)
                    users[child].append(current)
                elif not known:
                    unequal.append(current)
        marked = set(unequal)
        while unequal:
            for user in users[unequal.pop()]:
                if user not in marked:
                    marked.add(user)
                    unequal.append(user)
        self._known.update({each: each not in marked for each in users})

    def _children(self, pair: Pair) -> list[Pair] | None:
        """What has to be equal as well; None where the two schemas differ by themselves."""
        left, right = self._sides[0].get(pair[0]), self._sides[1].get(pair[1])
        if left is None or right is None:
            return None
        if self._alike(left, right):
            return []
        if not _state_the_same(left, right):
            return None
        try:
            return list(_matched(left, right))
        except ValueError:
            return None


def _state_the_same(left: Schema, right: Schema) -> bool:
    """Whether the keywords of two schemas are equal; what is not modelled is not looked into."""
    return (
        differing(left, right) <= _ASIDE
        and HARMLESS.issuperset((*left.unmodelled, *right.unmodelled))
        and _listed(left) == _listed(right)
        and _tagged_alike(left, right)
    )


def _listed(schema: Schema) -> frozenset[object] | None:
    return None if schema.enum is None else frozenset(map(freeze, schema.enum))


def _matched(left: Schema, right: Schema) -> Iterator[Pair]:
    """The children at the same places.

    Raises:
        ValueError: Only one of the schemas has a child at some place.
    """
    for name in _LISTS:
        yield from zip(getattr(left, name), getattr(right, name), strict=True)
    for name in _NAMED:
        ours: Mapping[str, SchemaId] = getattr(left, name)
        theirs: Mapping[str, SchemaId] = getattr(right, name)
        if ours.keys() != theirs.keys():
            raise ValueError(name)
        yield from ((ours[key], theirs[key]) for key in ours)
    for name in _SINGLE:
        one, other = getattr(left, name), getattr(right, name)
        if (one is None) != (other is None):
            raise ValueError(name)
        if one is not None:
            yield one, other


def _tagged_alike(left: Schema, right: Schema) -> bool:
    """Whether the same tags choose the same arms; the name of a component may be a tag itself."""
    ours, theirs = left.discriminator, right.discriminator
    if ours is None or theirs is None:
        return ours is theirs
    if (ours.property_name, ours.default) != (theirs.property_name, theirs.default):
        return False
    if ours.mapping.keys() != theirs.mapping.keys():
        return False
    arms = [
        *zip(left.any_of, right.any_of, strict=False),
        *zip(left.one_of, right.one_of, strict=False),
    ]
    return all(
        {tag for tag in ours.mapping if ours.mapping[tag] == one}
        == {tag for tag in theirs.mapping if theirs.mapping[tag] == other}
        and (one == other or one in ours.mapping.values())
        for one, other in arms
    )
