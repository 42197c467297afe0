"""What several schemas ask of one value: `allOf`, `$ref` with siblings, repeated properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from wireproof.ir.contract import Contract
from wireproof.ir.schema import JsonType, Schema, SchemaId
from wireproof.source.node import Json

_NULL: frozenset[JsonType] = frozenset({"null"})
_ORDER: tuple[JsonType, ...] = (
    "object", "array", "string", "integer", "number", "boolean", "null",
)  # fmt: skip

Choose = Callable[[Sequence[SchemaId]], SchemaId]
"""Takes one of several alternatives."""


@dataclass(slots=True)
class Conjunction:
    """A conjunction of schemas, flattened; of alternatives, one was chosen.

    Attributes:
        schemas: All of them, in the order in which they were met.
        types: What all that state types allow; None where none does.
        enum: What all that list values list; None where none does.
        properties: Name -> the schemas of that member, which hold together.
        required: Names of required members, in order.
        tags: Discriminating members with the value that the chosen alternative asks for.
    """

    schemas: list[Schema] = field(default_factory=list)
    types: frozenset[JsonType] | None = None
    enum: list[Json] | None = None
    properties: dict[str, tuple[SchemaId, ...]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def kind(self) -> JsonType:
        """The type of the value to make: the richest that is allowed."""
        if self.types:
            return next((kind for kind in _ORDER if kind in self.types), "null")
        if self.properties or self.required:
            return "object"
        return _implied(self.schemas)

    def additional(self) -> SchemaId | None:
        """The schema of members that nobody declared, where one is stated."""
        return next(
            (s.additional_properties for s in self.schemas if s.additional_properties), None
        )


def conjunction(contract: Contract, ids: tuple[SchemaId, ...], choose: Choose) -> Conjunction:
    """What schemas ask together."""
    found = Conjunction()
    pending = list(reversed(ids))
    seen: set[SchemaId] = set()
    while pending:
        schema_id = pending.pop()
        if schema_id in seen:
            continue
        seen.add(schema_id)
        schema = contract.schemas[schema_id]
        _join(found, schema)
        parts = list(_parts(contract, schema, found, choose))
        pending += reversed(parts)
    return found


def _join(found: Conjunction, schema: Schema) -> None:
    found.schemas.append(schema)
    if schema.types is not None:
        types = schema.types
        found.types = types if found.types is None else _both(found.types, types)
    if schema.enum is not None:
        before = found.enum
        found.enum = [v for v in schema.enum if before is None or v in before]
    for name, member in schema.properties.items():
        found.properties[name] = (*found.properties.get(name, ()), member)
    found.required.update(dict.fromkeys(schema.required))


def _parts(
    contract: Contract, schema: Schema, found: Conjunction, choose: Choose
) -> Iterator[SchemaId]:
    if schema.ref is not None:
        yield schema.ref
    yield from schema.all_of
    heir = _heir(schema, found, choose)
    if heir is not None:
        yield heir
    for arms in (schema.one_of, schema.any_of):
        if not arms:
            continue
        solid = [a for a in arms if contract.schemas[a].types != _NULL] or list(arms)
        chosen = choose(solid)
        discriminator = schema.discriminator
        if discriminator is not None:
            tags = {target: tag for tag, target in discriminator.mapping.items()}
            found.tags[discriminator.property_name] = tags.get(chosen, chosen.rsplit("/", 1)[-1])
        yield chosen


def _heir(schema: Schema, found: Conjunction, choose: Choose) -> SchemaId | None:
    """The schema that a base's tag shall name; None where there is no choice, or it was made."""
    discriminator = schema.discriminator
    if discriminator is None or not discriminator.mapping or schema.one_of or schema.any_of:
        return None
    if discriminator.property_name in found.tags:
        return None
    tags: dict[SchemaId, str] = {}
    for tag, target in discriminator.mapping.items():
        tags.setdefault(target, tag)
    met = next((one.id for one in found.schemas if one.id in tags), None)
    heir = choose(list(tags)) if met is None else met
    found.tags[discriminator.property_name] = tags[heir]
    return heir if met is None else None


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
