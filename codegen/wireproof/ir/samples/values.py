"""Values of a schema where the contract shows none: readable, small, the same for the same seed.

A value is made for a conjunction of schemas, because `allOf`, `$ref` with siblings and repeated
properties all mean one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from random import Random
from typing import TypeVar

from wireproof.ir.contract import Contract
from wireproof.ir.samples.conjunction import Conjunction, conjunction
from wireproof.ir.samples.numbers import bounds
from wireproof.ir.samples.texts import Leaf, text
from wireproof.ir.schema import JsonType, SchemaId
from wireproof.source.node import Json

_DEEP = 4  # below this many levels only what is required is shown
_DEEPEST = 24
_ARMS = 6
_ABSENT = object()

_Choice = TypeVar("_Choice")


class Effort(IntEnum):
    """How much a value shows."""

    SHOWN = 0  # examples, optional members
    MADE = 1  # no examples, optional members
    LEAST = 2  # what is required only
    WHOLE = 3  # members of the other direction too: some contracts require what nobody may send


class Values:
    """Makes values of one contract.

    Args:
        contract: The contract.
        leaf: Finds a text or number that an awkward schema admits.
        outbound: Whether the values are sent by the server: write-only members are left out then,
            read-only ones otherwise.
    """

    def __init__(self, contract: Contract, leaf: Leaf, *, outbound: bool) -> None:
        self._contract = contract
        self._leaf = leaf
        self._outbound = outbound

    def make(self, schema: SchemaId, random: Random | None, effort: Effort, arm: int = 0) -> Json:
        """A value of the schema.

        Args:
            schema: The schema.
            random: Chooses among equals; None takes the first everywhere.
            effort: How much is shown.
            arm: Which alternative is taken where there are several, counted around.
        """
        return _Making(self._contract, self._leaf, self._outbound, random, effort, arm).value(
            (schema,), ()
        )

    def candidates(self, schema: SchemaId, random: Random | None) -> Iterator[Json]:
        """Values to hold against the schema one after the other, the most telling first."""
        for effort in Effort:
            for arm in range(_ARMS):
                yield self.make(schema, random, effort, arm)


@dataclass(frozen=True, slots=True)
class _Making:
    contract: Contract
    leaf: Leaf
    outbound: bool
    random: Random | None
    effort: Effort
    arm: int

    def value(self, ids: tuple[SchemaId, ...], path: tuple[SchemaId, ...]) -> Json:
        facts = conjunction(self.contract, ids, self._arm)
        shown = self._shown(facts)
        if shown is not _ABSENT:
            return shown
        if len(path) > _DEEPEST:
            return None
        match facts.kind():
            case "object":
                return self._object(facts, (*path, *ids))
            case "array":
                return self._array(facts, (*path, *ids))
            case kind:
                return self._scalar(kind, ids, facts)

    def _arm(self, alternatives: Sequence[SchemaId]) -> SchemaId:
        if self.arm == 0:
            return self._pick(alternatives)
        return alternatives[self.arm % len(alternatives)]

    def _scalar(self, kind: JsonType, ids: tuple[SchemaId, ...], facts: Conjunction) -> Json:
        if kind == "string":
            return text(ids, facts.schemas, self.leaf, self.random)
        if kind in ("integer", "number"):
            return self._number(ids, facts, whole=kind == "integer")
        return None if kind == "null" else self._pick([True, False])

    def _shown(self, facts: Conjunction) -> object:
        """What the contract shows or fixes; `_ABSENT` where it leaves the choice."""
        if facts.enum:
            return self._pick(facts.enum)
        if self.effort is not Effort.SHOWN:
            return _ABSENT
        for schema in facts.schemas:
            if schema.examples:
                return self._pick(schema.examples)
        for schema in facts.schemas:
            if schema.has_default and schema.default is not None and not facts.properties:
                return schema.default
        return _ABSENT

    def _object(self, facts: Conjunction, path: tuple[SchemaId, ...]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        least = self.effort is Effort.LEAST or len(path) > _DEEP
        for name, ids in facts.properties.items():
            needed = name in facts.required
            if not needed and (least or any(one in path for one in ids)):
                continue
            if not self._travels(ids):
                continue
            found[name] = self.value(ids, path)
        extra = facts.additional()
        for name in facts.required:
            if name not in found and name not in facts.properties:
                found[name] = self.value((extra,), path) if extra else "text"
        self._fill(facts, found, extra, path)
        for name, tag in facts.tags.items():
            known = name in found or name in facts.required
            if known and self._allows(facts.properties.get(name, ()), tag):
                found[name] = tag
        return found

    def _allows(self, ids: tuple[SchemaId, ...], tag: str) -> bool:
        """Whether a member may have this value; a tag is at times not what its arm lists."""
        listed = (self.contract.schemas[one].enum for one in ids)
        return all(values is None or tag in values for values in listed)

    def _fill(
        self,
        facts: Conjunction,
        found: dict[str, Json],
        extra: SchemaId | None,
        path: tuple[SchemaId, ...],
    ) -> None:
        """Members beyond the declared ones: what a map needs, and one that shows its shape."""
        least = max((s.min_properties or 0 for s in facts.schemas), default=0)
        shows = self.effort is not Effort.LEAST and extra is not None and not found
        wanted = max(least, 1 if shows and extra not in path else 0)
        while len(found) < wanted:
            name = f"key{len(found) + 1}"
            found[name] = self.value((extra,), path) if extra else "text"

    def _travels(self, ids: tuple[SchemaId, ...]) -> bool:
        if self.effort is Effort.WHOLE:
            return True
        schemas = [self.contract.schemas[one] for one in ids]
        return not any(s.write_only if self.outbound else s.read_only for s in schemas)

    def _array(self, facts: Conjunction, path: tuple[SchemaId, ...]) -> list[Json]:
        schemas = facts.schemas
        prefix = next((s.prefix_items for s in schemas if s.prefix_items), ())
        items = tuple(s.items for s in schemas if s.items is not None)
        least = max((s.min_items or 0 for s in schemas), default=0)
        most = min((s.max_items for s in schemas if s.max_items is not None), default=least + 1)
        ring = any(one in path for one in items)
        wanted = least if ring or self.effort is Effort.LEAST else max(least, 1)
        found = [self.value((one,), path) for one in prefix]
        found += [
            self.value(items, path) if items else "text"
            for _ in range(len(found), min(wanted, most))
        ]
        return _distinct(found) if any(s.unique_items for s in schemas) else found

    def _number(self, ids: tuple[SchemaId, ...], facts: Conjunction, *, whole: bool) -> Json:
        value = bounds(facts.schemas).choose(self.random)
        if value is None or (whole and value != int(value)):
            return self.leaf(ids[0]) if len(ids) == 1 else 0
        return int(value) if value == int(value) else float(value)

    def _pick(self, choices: Sequence[_Choice]) -> _Choice:
        return self.random.choice(choices) if self.random else choices[0]


def _distinct(found: list[Json]) -> list[Json]:
    """Equal texts and numbers told apart; other repeats are left for validation to find."""
    seen: list[Json] = []
    for index, value in enumerate(found):
        fresh = value
        if value in seen:
            fresh = f"{value}{index}" if isinstance(value, str) else value
            if isinstance(value, int) and not isinstance(value, bool):
                fresh = value + index
        seen.append(fresh)
    return seen
