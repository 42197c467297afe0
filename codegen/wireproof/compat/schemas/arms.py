"""Arms of `allOf`, `anyOf` and `oneOf`: which one of the base is which one of the head.

Components are known by their names. Arms written in place have none and may move, so they are
matched by likeness, the surest sign first; what is left is matched in order. An arm that moved
into a component, or out of one, is recognised by what it says, and so is a component that has
another name now: one that only the base has, and one that only the head has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wireproof.compat.subsume.twins import root_of
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.document import follow
from wireproof.source.node import Json

KEYWORDS: Mapping[str, str] = {"all_of": "allOf", "any_of": "anyOf", "one_of": "oneOf"}
"""Fields of `Schema` that hold arms, and how documents spell them."""

WORDS = frozenset({"title", "description", "example", "examples", "externalDocs", "$comment"})
"""Keywords that are for people and say nothing about values."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm.

    Attributes:
        place: Its position.
        id: Its schema.
        inline: Whether it is written in place.
        ref: What it refers to, be it beside other keywords.
        value: What it says, a bare reference followed.
        tags: What a discriminator's mapping calls it; None without a discriminator.
    """

    place: int
    id: SchemaId
    inline: bool
    ref: Json
    value: Json
    tags: frozenset[str] | None


def arms(schema: Schema, field: str) -> list[Arm]:
    """The arms under `all_of`, `any_of` or `one_of`."""
    ids: tuple[SchemaId, ...] = getattr(schema, field)
    written = schema.origin.value.get(KEYWORDS[field]) if ids else ()
    return [_arm(schema, *each) for each in enumerate(zip(ids, written, strict=True))]


def _arm(owner: Schema, place: int, found: tuple[SchemaId, Json]) -> Arm:
    schema_id, raw = found
    inline = schema_id.startswith(f"{owner.id}/")
    ref = raw.get("$ref") if isinstance(raw, dict) else None
    target = None if inline else follow(root_of(owner.origin), schema_id.removeprefix("#"))
    called = owner.discriminator
    tags = None
    if called is not None:
        tags = frozenset(tag for tag, chosen in called.mapping.items() if chosen == schema_id)
    return Arm(place, schema_id, inline, ref, raw if target is None else target.value, tags)


def unmatched_arms(base: Schema, head: Schema, field: str) -> tuple[list[int], list[int]]:
    """Positions of the arms that only the base has, and of those that only the head has."""
    pairs = list(matches(base, head, field))
    ours, theirs = {one.place for one, _ in pairs}, {other.place for _, other in pairs}
    return (
        [n for n in range(len(getattr(base, field))) if n not in ours],
        [n for n in range(len(getattr(head, field))) if n not in theirs],
    )


def matches(base: Schema, head: Schema, field: str) -> Iterator[tuple[Arm, Arm]]:
    """Arms of the base and of the head that are the same, the surest first."""
    left, right = arms(base, field), arms(head, field)
    yield from _matched(left, right, _SIGNS)
    if left and right:
        left, right = list(_alone(left, head)), list(_alone(right, base))
        yield from _matched(left, right, _SIGNS_OF_RENAMED)


def _matched(
    left: list[Arm], right: list[Arm], signs: tuple[Callable[[Arm, Arm], bool], ...]
) -> Iterator[tuple[Arm, Arm]]:
    """Arms that are the same by one of the signs; they leave their lists."""
    for is_same in signs:
        for ours in list(left):
            theirs = next((each for each in right if is_same(ours, each)), None)
            if theirs is not None:
                yield ours, theirs
                left.remove(ours)
                right.remove(theirs)


def _alone(found: list[Arm], other: Schema) -> Iterator[Arm]:
    """The arms that are components which the other contract does not have."""
    root = root_of(other.origin)
    for arm in found:
        if not arm.inline and follow(root, arm.id.removeprefix("#")) is None:
            yield arm


def _one_component(ours: Arm, theirs: Arm) -> bool:
    return ours.id == theirs.id and not ours.inline and not theirs.inline


def _identical(ours: Arm, theirs: Arm) -> bool:
    return _movable(ours, theirs) and assertions(ours.value) == assertions(theirs.value)


def _one_reference(ours: Arm, theirs: Arm) -> bool:
    return ours.ref is not None and ours.ref == theirs.ref


def _one_tag(ours: Arm, theirs: Arm) -> bool:
    return _movable(ours, theirs) and not _tags(ours).isdisjoint(_tags(theirs))


def _one_title(ours: Arm, theirs: Arm) -> bool:
    title = _said(ours).get("title")
    return _movable(ours, theirs) and bool(title) and title == _said(theirs).get("title")


def _much_in_common(ours: Arm, theirs: Arm) -> bool:
    """Whether at least half of all keywords, or of all properties, are equal."""
    if not _movable(ours, theirs):
        return False
    one, other = assertions(ours.value), assertions(theirs.value)
    members, others = one.get("properties"), other.get("properties")
    if isinstance(members, dict) and isinstance(others, dict):
        return _overlap(members, others)
    return _overlap(one, other)


def _one_type(ours: Arm, theirs: Arm) -> bool:
    kind = _said(ours).get("type")
    return _both_inline(ours, theirs) and bool(kind) and kind == _said(theirs).get("type")


def _both_inline(ours: Arm, theirs: Arm) -> bool:
    return ours.inline and theirs.inline


_SIGNS: tuple[Callable[[Arm, Arm], bool], ...] = (
    _one_component,
    _identical,
    _one_reference,
    _one_tag,
    _one_title,
    _much_in_common,
    _one_type,
    _both_inline,
)


def _renamed(ours: Arm, theirs: Arm) -> bool:
    """Whether two components say the same, whatever they call what they refer to."""
    return _called_alike(ours, theirs) and _said_of(ours) == _said_of(theirs)


def _renamed_and_edited(ours: Arm, theirs: Arm) -> bool:
    """Whether two components have at least half of all properties in common."""
    one, other = (_said_of(arm).get("properties") for arm in (ours, theirs))
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    return _called_alike(ours, theirs) and _overlap(one, other)


def _said_of(arm: Arm) -> Mapping[str, Json]:
    return assertions(_nameless(arm.value))


_SIGNS_OF_RENAMED = (_renamed, _renamed_and_edited)


def _called_alike(ours: Arm, theirs: Arm) -> bool:
    """Whether the same tags choose both; without a mapping the name of a component is its tag."""
    return ours.tags == theirs.tags and ours.tags != frozenset()


def _nameless(value: Json) -> Json:
    """A schema without the names of what it refers to."""
    if isinstance(value, list):
        return [_nameless(each) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        value = value | {"$ref": ""}
    return {key: _nameless(each) for key, each in value.items()}


def _movable(ours: Arm, theirs: Arm) -> bool:
    """Two different components are never one arm."""
    return ours.inline or theirs.inline


def _said(arm: Arm) -> Mapping[str, Json]:
    return arm.value if isinstance(arm.value, dict) else {}


def _tags(arm: Arm) -> set[tuple[str, str]]:
    """Properties that admit one value only, with it."""
    properties = _said(arm).get("properties")
    found = set()
    for name, child in properties.items() if isinstance(properties, dict) else ():
        if isinstance(child, dict):
            listed = child.get("enum", [child["const"]] if "const" in child else None)
            if isinstance(listed, list) and len(listed) == 1:
                found.add((str(name), repr(listed[0])))
    return found


def _overlap(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    equal = [name for name, value in one.items() if name in other and other[name] == value]
    return bool(equal) and 2 * len(equal) >= len(one.keys() | other.keys())


def assertions(value: Json) -> Mapping[str, Json]:
    """What a schema says about values, as far as it is written in place."""
    if isinstance(value, bool):
        return {"": value}
    said = value if isinstance(value, dict) else {}
    return {key: each for key, each in said.items() if key not in WORDS}


def types_of(value: Json) -> set[str]:
    """The types that a schema states as it is written; none where it states none."""
    said = value if isinstance(value, dict) else {}
    stated = said.get("type")
    types = {str(each) for each in (stated if isinstance(stated, list) else [stated]) if each}
    return types | {"null"} if types and said.get("nullable") is True else types
