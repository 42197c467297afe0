"""What becomes of the tags of a family: heirs that come, go, or are called by another tag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.compat.finding import Side
from wireproof.compat.rule import Comparison
from wireproof.compat.schemas.heirs import Family, Tags, named
from wireproof.ir.schema import Discriminator, Schema, SchemaId

ADDED, REMOVED, RETAGGED = "heir-added", "heir-removed", "discriminator-changed"


@dataclass(frozen=True, slots=True)
class TagChange:
    """What became of one tag.

    Attributes:
        rule: ADDED, REMOVED or RETAGGED.
        tag: The tag.
        heir: What it chooses in the contract that has it.
        hurts: Whose receiver does not know it: that of requests where it is gone, that of
            responses where it is new.
        detail: Tells it from other changes of the same base.
        message: One sentence without the place.
    """

    rule: str
    tag: str
    heir: SchemaId
    hurts: Side
    detail: str
    message: str


def changes(comparison: Comparison, family: Family, side: Side) -> Iterator[TagChange]:
    """Every change of a family's tags; `side` is where its base is named."""
    before = discriminator(comparison.base.schemas[family.base.base])
    after = discriminator(comparison.head.schemas[family.base.head])
    if before.property_name != after.property_name:
        tags = family.before if side is Side.REQUEST else family.after
        if not tags:
            return
        tag, heir = next(iter(tags.items()))
        message = f"the tag is {after.property_name!r} now; it was {before.property_name!r}"
        yield TagChange(RETAGGED, tag, heir, side, "", message)
        return
    yield from _gone(family)
    yield from _new(family)


def _gone(family: Family) -> Iterator[TagChange]:
    told: set[SchemaId] = set()
    for tag, heir in family.before.items():
        if tag in family.after:
            continue
        if heir in family.after.values() or heir == family.base.base:
            message = _renamed(family, heir) or f"the tag {tag!r} left the mapping"
            yield TagChange(RETAGGED, tag, heir, Side.REQUEST, tag, message)
        elif heir not in told:
            told.add(heir)
            message = f"the heir {named(heir)}, tag {tag!r}, was removed"
            yield TagChange(REMOVED, tag, heir, Side.REQUEST, named(heir), message)


def _new(family: Family) -> Iterator[TagChange]:
    told: set[SchemaId] = set()
    for tag, heir in family.after.items():
        if tag in family.before:
            continue
        if heir in family.before.values() or heir == family.base.head:
            message = _renamed(family, heir) or f"the tag {tag!r} was added to the mapping"
            yield TagChange(RETAGGED, tag, heir, Side.RESPONSE, tag, message)
        elif heir not in told:
            told.add(heir)
            message = f"the heir {named(heir)}, tag {tag!r}, was added"
            yield TagChange(ADDED, tag, heir, Side.RESPONSE, named(heir), message)


def _renamed(family: Family, heir: SchemaId) -> str:
    """The change of an heir that has one tag in each contract; "" where it has more or fewer."""
    before, after = _tags_of(family.before, heir), _tags_of(family.after, heir)
    if len(before) != 1 or len(after) != 1:
        return ""
    return f"the tag of {named(heir)} is {after[0]!r} now; it was {before[0]!r}"


def _tags_of(tags: Tags, heir: SchemaId) -> list[str]:
    return [tag for tag, chosen in tags.items() if chosen == heir]


def discriminator(base: Schema) -> Discriminator:
    """The discriminator of a family's base."""
    assert base.discriminator is not None  # noqa: S101 - the bases of families have one
    return base.discriminator
