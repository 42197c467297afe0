"""Whether a schema admits a value, judged on the constraint view (JSON Schema 2020-12).

For values that were made a moment ago: nothing is compiled, so one question costs no more than
the value is large. Formats are asserted as far as `formats` knows them. What a validator of the
contract would refuse is refused; a pattern that no engine reads refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wireproof.ir.contract import Contract
from wireproof.ir.samples.formats import has_format
from wireproof.ir.samples.searching import searcher
from wireproof.ir.schema import JsonType, Schema, SchemaId
from wireproof.source.node import Json

Seen = frozenset[str | int]
"""Names of members or indices of items that a schema has looked at."""

_NOTHING: Seen = frozenset()


@dataclass(frozen=True, slots=True)
class Checker:
    """Judges values of one contract.

    Attributes:
        contract: The contract.
        outbound: Whether the server sends the values: required members that are write-only may
            be missing then, and otherwise those that are read-only.
        lenient: Whether `oneOf` is read as `anyOf`. Where the arms of a `oneOf` admit each
            other's values, no value satisfies it as written, and this is what was meant.
    """

    contract: Contract
    outbound: bool
    lenient: bool = False

    def admits(self, schema: SchemaId, value: Json) -> bool:
        """Whether the value is an instance of the schema."""
        return self._seen(schema, value, ()) is not None

    def _seen(self, schema_id: SchemaId, value: Json, path: tuple[SchemaId, ...]) -> Seen | None:
        """What the schema looked at of a value that it admits; None where it does not."""
        if schema_id in path:
            return _NOTHING  # a ring that goes no deeper into the value says nothing new
        schema = self.contract.schemas[schema_id]
        if schema.verdict is not None:
            return _NOTHING if schema.verdict else None
        if value is None and schema.or_null:
            return _NOTHING
        if not _admits_type(schema, value) or not _is_listed(schema, value):
            return None
        match value:
            case str():
                own = _NOTHING if _admits_text(schema, value) else None
            case list():
                own = self._items(schema, value)
            case dict():
                own = self._members(schema, value)
            case bool() | None:
                own = _NOTHING
            case _:
                own = _NOTHING if _admits_number(schema, value) else None
        if own is None:
            return None
        seen = self._applied(schema, value, (*path, schema_id))
        return None if seen is None else self._unevaluated(schema, value, own | seen)

    def _applied(self, schema: Schema, value: Json, path: tuple[SchemaId, ...]) -> Seen | None:
        """What the schemas applied in place looked at."""
        whole = [part for part in (schema.ref, *schema.all_of) if part is not None]
        if isinstance(value, dict):
            dependent = schema.dependent_schemas.items()
            whole += [part for name, part in dependent if name in value]
        if not schema.one_of and not schema.any_of:
            whole += _heirs(schema, value)
        found: list[Seen] = []
        for part in whole:
            seen = self._seen(part, value, path)
            if seen is None:
                return None
            found.append(seen)
        for arms, exactly_one in ((schema.any_of, False), (schema.one_of, not self.lenient)):
            if arms:
                tagged = _tagged(schema, arms, value)
                tried = tagged if self.lenient and tagged else arms
                fitting = [(a, s) for a in tried if (s := self._seen(a, value, path)) is not None]
                if not fitting or (exactly_one and len(fitting) > 1):
                    return None
                if tagged and fitting[0][0] not in tagged:
                    return None
                found += [seen for _, seen in fitting]
        if schema.not_ is not None and self._seen(schema.not_, value, path) is not None:
            return None
        if schema.if_ is not None:
            condition = self._seen(schema.if_, value, path)
            branch = schema.else_ if condition is None else schema.then
            seen = _NOTHING if branch is None else self._seen(branch, value, path)
            if seen is None:
                return None
            found += [condition or _NOTHING, seen]
        return _NOTHING.union(*found)

    def _unevaluated(self, schema: Schema, value: Json, seen: Seen) -> Seen | None:
        rest: SchemaId | None = None
        parts: Iterable[tuple[str | int, Json]] = ()
        if isinstance(value, dict):
            rest, parts = schema.unevaluated_properties, value.items()
        elif isinstance(value, list):
            rest, parts = schema.unevaluated_items, enumerate(value)
        if rest is None:
            return seen
        left = [(key, item) for key, item in parts if key not in seen]
        if not all(self.admits(rest, item) for _, item in left):
            return None
        return seen.union(key for key, _ in left)

    def _items(self, schema: Schema, value: list[Json]) -> Seen | None:
        fixed = schema.prefix_items
        if not _within(len(value), schema.min_items, schema.max_items):
            return None
        if schema.unique_items and any(is_in(v, value[:i]) for i, v in enumerate(value)):
            return None
        pairs = [*zip(fixed, value, strict=False)]
        if schema.items is not None:
            pairs += [(schema.items, item) for item in value[len(fixed) :]]
        if not all(self.admits(part, item) for part, item in pairs):
            return None
        seen: set[str | int] = set(range(len(pairs)))
        if schema.contains is not None:
            hits = [i for i, item in enumerate(value) if self.admits(schema.contains, item)]
            least = 1 if schema.min_contains is None else schema.min_contains
            if not _within(len(hits), least, schema.max_contains):
                return None
            seen.update(hits)
        return frozenset(seen)

    def _members(self, schema: Schema, value: dict[str, Json]) -> Seen | None:
        if not _within(len(value), schema.min_properties, schema.max_properties):
            return None
        if any(name not in value for name in self._required(schema, value)):
            return None
        names = schema.property_names
        if names is not None and not all(self.admits(names, name) for name in value):
            return None
        seen: set[str | int] = set()
        for name, member in value.items():
            parts = [*_for_member(schema, name)]
            if not parts and schema.additional_properties is not None:
                parts = [schema.additional_properties]
            if not all(self.admits(part, member) for part in parts):
                return None
            if parts:
                seen.add(name)
        return frozenset(seen)

    def _required(self, schema: Schema, value: dict[str, Json]) -> Iterator[str]:
        for name in schema.required:
            member = schema.properties.get(name)
            if member is None or not self._stays(member):
                yield name
        for name, others in schema.dependent_required.items():
            if name in value:
                yield from others

    def _stays(self, member: SchemaId) -> bool:
        """Whether a member does not travel in this direction."""
        schema = self.contract.schemas[member]
        return schema.write_only if self.outbound else schema.read_only


def _tagged(schema: Schema, arms: tuple[SchemaId, ...], value: Json) -> tuple[SchemaId, ...]:
    """The arm that a value's tag names; none where nothing does."""
    discriminator = schema.discriminator
    if discriminator is None or not isinstance(value, dict):
        return ()
    tag = value.get(discriminator.property_name)
    named = discriminator.mapping.get(tag) if isinstance(tag, str) else None
    if named is not None:
        return (named,) if named in arms else ()
    return tuple(arm for arm in arms if arm.rsplit("/", 1)[-1] == tag)


def _heirs(schema: Schema, value: Json) -> list[SchemaId]:
    """The schema that a base schema's discriminator names for a value; it holds as well."""
    discriminator = schema.discriminator
    if discriminator is None or not isinstance(value, dict):
        return []
    tag = value.get(discriminator.property_name)
    heir = discriminator.mapping.get(tag) if isinstance(tag, str) else None
    return [] if heir is None else [heir]


def _for_member(schema: Schema, name: str) -> Iterator[SchemaId]:
    if name in schema.properties:
        yield schema.properties[name]
    for pattern, part in schema.pattern_properties.items():
        if _finds(pattern, name):
            yield part


def kind_of(value: Json) -> JsonType:
    """The JSON type of a value; "integer" for a number without a fraction."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "integer" if value == int(value) else "number"


def _admits_type(schema: Schema, value: Json) -> bool:
    if schema.types is None:
        return True
    kind = kind_of(value)
    return kind in schema.types or (kind == "integer" and "number" in schema.types)


def _is_listed(schema: Schema, value: Json) -> bool:
    return schema.enum is None or is_in(value, schema.enum)


def is_in(value: Json, values: Iterable[Json]) -> bool:
    """Whether one of the values is equal as JSON: `1` is `1.0`, and `true` is not `1`."""
    return any(same(value, each) for each in values)


def same(left: Json, right: Json) -> bool:
    """Equality of JSON values."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    return isinstance(left, bool) is isinstance(right, bool) and bool(left == right)


def _admits_text(schema: Schema, text: str) -> bool:
    if not _within(len(text), schema.min_length, schema.max_length):
        return False
    if schema.pattern is not None and not _finds(schema.pattern, text):
        return False
    if (schema.content_encoding or "").lower() in ("base64", "base64url"):
        return has_format(text.replace("-", "+").replace("_", "/"), "byte")
    return schema.format is None or has_format(text, schema.format)


def _admits_number(schema: Schema, value: Json) -> bool:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if schema.minimum is not None and number < schema.minimum:
        return False
    if schema.maximum is not None and number > schema.maximum:
        return False
    if schema.exclusive_minimum is not None and number <= schema.exclusive_minimum:
        return False
    if schema.exclusive_maximum is not None and number >= schema.exclusive_maximum:
        return False
    step = schema.multiple_of
    return not step or (number / step) % 1 == 0


def _within(count: int, low: int | None, high: int | None) -> bool:
    return (low is None or count >= low) and (high is None or count <= high)


def _finds(pattern: str, text: str) -> bool:
    found = searcher(pattern)
    return found is None or found(text)
