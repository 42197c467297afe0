"""Values of a schema where the contract shows none: readable, small, the same for the same seed.

A value is made for a conjunction of schemas, because `allOf`, `$ref` with siblings and repeated
properties all mean one. Nothing here promises validity: whoever asks holds the value against the
schema and asks again, more modestly (see `Effort`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from random import Random

from wireproof.ir.contract import Contract
from wireproof.ir.schema import JsonType, Schema, SchemaId
from wireproof.mock.texts import Leaf, text
from wireproof.source.node import Json

_DEEP = 4  # below this many levels only what is required is shown
_DEEPEST = 24
_ORDER: tuple[JsonType, ...] = (
    "object", "array", "string", "integer", "number", "boolean", "null",
)  # fmt: skip
_NULL: frozenset[JsonType] = frozenset({"null"})
ABSENT = object()


class Effort(IntEnum):
    """How much a value shows."""

    SHOWN = 0  # examples, optional members
    MADE = 1  # no examples, optional members
    LEAST = 2  # what is required only


@dataclass(slots=True)
class _Facts:
    """A conjunction of schemas, flattened."""

    schemas: list[Schema] = field(default_factory=list)
    types: frozenset[JsonType] | None = None
    enum: list[Json] | None = None
    properties: dict[str, tuple[SchemaId, ...]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class _Making:
    contract: Contract
    leaf: Leaf
    outbound: bool
    random: Random | None
    effort: Effort
    arm: int

    def value(self, ids: tuple[SchemaId, ...], path: tuple[SchemaId, ...]) -> Json:
        facts = _Facts()
        seen: set[SchemaId] = set()
        for schema_id in ids:
            self._gather(schema_id, facts, seen)
        shown = self._shown(facts)
        if shown is not ABSENT:
            return shown
        if len(path) > _DEEPEST:
            return None
        match self._kind(facts):
            case "object":
                return self._object(facts, (*path, *ids))
            case "array":
                return self._array(facts, (*path, *ids))
            case kind:
                return self._scalar(kind, ids, facts)

    def _scalar(self, kind: JsonType, ids: tuple[SchemaId, ...], facts: _Facts) -> Json:
        if kind == "string":
            return text(ids, facts.schemas, self.leaf, self.random)
        if kind in ("integer", "number"):
            return self._number(ids, facts, whole=kind == "integer")
        return None if kind == "null" else self._pick([True, False])

    def _gather(self, schema_id: SchemaId, facts: _Facts, seen: set[SchemaId]) -> None:
        if schema_id in seen:
            return
        seen.add(schema_id)
        schema = self.contract.schemas[schema_id]
        facts.schemas.append(schema)
        if schema.types is not None:
            types = schema.types
            facts.types = types if facts.types is None else _both(facts.types, types)
        if schema.enum is not None:
            before = facts.enum
            facts.enum = [v for v in schema.enum if before is None or v in before]
        for name, member in schema.properties.items():
            facts.properties[name] = (*facts.properties.get(name, ()), member)
        facts.required.update(dict.fromkeys(schema.required))
        for part in self._parts(schema, facts):
            self._gather(part, facts, seen)

    def _parts(self, schema: Schema, facts: _Facts) -> Iterator[SchemaId]:
        if schema.ref is not None:
            yield schema.ref
        yield from schema.all_of
        for arms in (schema.one_of, schema.any_of):
            if not arms:
                continue
            solid = [a for a in arms if self.contract.schemas[a].types != _NULL] or list(arms)
            chosen = solid[self.arm % len(solid)]
            if self.arm == 0:
                chosen = self._pick(solid)
            discriminator = schema.discriminator
            if discriminator is not None:
                tags = {target: tag for tag, target in discriminator.mapping.items()}
                facts.tags[discriminator.property_name] = tags.get(
                    chosen, chosen.rsplit("/", 1)[-1]
                )
            yield chosen

    def _shown(self, facts: _Facts) -> object:
        """What the contract shows or fixes; `ABSENT` where it leaves the choice."""
        if facts.enum:
            return self._pick(facts.enum)
        if self.effort is not Effort.SHOWN:
            return ABSENT
        for schema in facts.schemas:
            if schema.examples:
                return self._pick(list(schema.examples))
        for schema in facts.schemas:
            if schema.has_default and schema.default is not None and not facts.properties:
                return schema.default
        return ABSENT

    @staticmethod
    def _kind(facts: _Facts) -> JsonType:
        if facts.types:
            return next((kind for kind in _ORDER if kind in facts.types), "null")
        if facts.properties or facts.required:
            return "object"
        return _implied(facts.schemas)

    def _object(self, facts: _Facts, path: tuple[SchemaId, ...]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        least = self.effort is Effort.LEAST or len(path) > _DEEP
        for name, ids in facts.properties.items():
            needed = name in facts.required
            if not needed and (least or any(one in path for one in ids)):
                continue
            if not self._travels(ids):
                continue
            found[name] = self.value(ids, path)
        extra = _additional(facts.schemas)
        for name in facts.required:
            if name not in found and name not in facts.properties:
                found[name] = self.value((extra,), path) if extra else "text"
        self._fill(facts, found, extra, path)
        for name, tag in facts.tags.items():
            if name in found or name in facts.required:
                found[name] = tag
        return found

    def _fill(
        self,
        facts: _Facts,
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
        schemas = [self.contract.schemas[one] for one in ids]
        return not any(s.write_only if self.outbound else s.read_only for s in schemas)

    def _array(self, facts: _Facts, path: tuple[SchemaId, ...]) -> list[Json]:
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
        return self._distinct(found) if any(s.unique_items for s in schemas) else found

    @staticmethod
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

    def _number(self, ids: tuple[SchemaId, ...], facts: _Facts, *, whole: bool) -> Json:
        bounds = _Range.of(facts.schemas)
        value = bounds.choose(self.random)
        if value is None or (whole and value != int(value)):
            return self.leaf(ids[0]) if len(ids) == 1 else 0
        return int(value) if value == int(value) else float(value)

    def _pick(self, choices: list[Json]) -> Json:
        return self.random.choice(choices) if self.random else choices[0]


@dataclass(frozen=True, slots=True)
class _Range:
    """Inclusive bounds and what to step by; open ends have been moved inwards."""

    low: Decimal | None
    high: Decimal | None
    step: Decimal
    stepped: bool

    @classmethod
    def of(cls, schemas: list[Schema]) -> _Range:
        """The tightest bounds of a conjunction."""
        stated = next((s.multiple_of for s in schemas if s.multiple_of is not None), None)
        low = max((s.minimum for s in schemas if s.minimum is not None), default=None)
        high = min((s.maximum for s in schemas if s.maximum is not None), default=None)
        above = max((s.exclusive_minimum for s in schemas if s.exclusive_minimum is not None),
                    default=None)  # fmt: skip
        below = min((s.exclusive_maximum for s in schemas if s.exclusive_maximum is not None),
                    default=None)  # fmt: skip
        floor = above if above is not None else low
        ceiling = below if below is not None else high
        step = stated or Decimal(1)
        if stated is None and floor is not None and ceiling is not None and ceiling - floor <= 1:
            step = (ceiling - floor) / 4 or step
        if above is not None:
            low = max(above + step, low if low is not None else above + step)
        if below is not None:
            high = min(below - step, high if high is not None else below - step)
        return cls(low, high, step, stated is not None)

    def choose(self, random: Random | None) -> Decimal | None:
        """A number of the range; None where stepping does not find one."""
        low = self.low
        if low is None:
            low = self.step if self.high is None else min(self.high, self.step)
        if random is not None and abs(low) < 1 << 50:
            top = self.high if self.high is not None else low + 100 * self.step
            low += self.step * random.randint(0, max(0, min(100, int((top - low) / self.step))))
        value = -(-low // self.step) * self.step if self.stepped else low
        return value if self.high is None or value <= self.high else None


def _both(left: frozenset[JsonType], right: frozenset[JsonType]) -> frozenset[JsonType]:
    """Types that both name; a number that must be an integer is an integer."""
    common = set(left & right)
    if ("integer" in left and "number" in right) or ("number" in left and "integer" in right):
        common.add("integer")
    return frozenset(common)


def _implied(schemas: list[Schema]) -> JsonType:
    """The type that keywords speak of where none is stated."""
    for schema in schemas:
        if schema.items is not None or schema.prefix_items or schema.min_items is not None:
            return "array"
        if schema.pattern or schema.format or schema.min_length or schema.max_length:
            return "string"
        if schema.minimum is not None or schema.maximum is not None or schema.multiple_of:
            return "number"
    return "object"


def _additional(schemas: list[Schema]) -> SchemaId | None:
    return next((s.additional_properties for s in schemas if s.additional_properties), None)
