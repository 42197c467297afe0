"""What a schema states about the type of its values, `$ref` and allOf already merged.

A schema is a conjunction; `Facts` is that conjunction with everything left out that a type system
cannot say. oneOf and anyOf stay apart as `Alternatives`, because they multiply types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wireproof.ir.schema import Discriminator, JsonType, Schema, SchemaId
from wireproof.source.node import Json

Schemas = Mapping[SchemaId, Schema]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A oneOf or anyOf among the conjuncts."""

    owner: SchemaId
    keyword: str
    arms: tuple[SchemaId, ...]
    discriminator: Discriminator | None


@dataclass(slots=True)
class Facts:
    """The merged statements. `chain` holds every schema that took part.

    `null` is True where null is admitted, False where it is excluded, None where nothing is said.
    `conflict` says in which keyword the conjuncts exclude each other (the later one is kept).
    """

    id: SchemaId
    chain: dict[SchemaId, Schema] = field(default_factory=dict)
    never: bool = False
    null: bool | None = None
    types: frozenset[JsonType] | None = None
    enum: tuple[Json, ...] | None = None
    enum_schema: Schema | None = None
    extensible: bool = False
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    magnitude: bool = False  # bounds beyond 53 bits
    properties: dict[str, tuple[SchemaId, ...]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    additional: SchemaId | None = None
    patterns: tuple[SchemaId, ...] = ()
    items: SchemaId | None = None
    prefix_items: tuple[SchemaId, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    conflict: str = ""
    depth: int = 0  # how many arms were joined

    def joined(self, new_id: SchemaId, schemas: Schemas, arm: SchemaId) -> Facts:
        """These facts and those of one arm, without the alternatives that the arm came from."""
        copy = replace(
            self,
            id=new_id,
            chain=dict(self.chain),
            properties=dict(self.properties),
            required=dict(self.required),
            alternatives=self.alternatives[1:],
            depth=self.depth + 1,
        )
        absorb(copy, schemas[arm], schemas)
        return copy


_SAFE_INTEGER = 2**53 - 1


def gather(schema_ids: tuple[SchemaId, ...], schemas: Schemas, as_id: SchemaId) -> Facts:
    """The facts of the conjunction of some schemas; the last one has the last word."""
    facts = Facts(as_id)
    for schema_id in schema_ids:
        absorb(facts, schemas[schema_id], schemas)
    last = schemas[schema_ids[-1]]
    if null_statement(last):
        facts.null = True  # `nullable` beside allOf means what it says
    return facts


def absorb(facts: Facts, schema: Schema, schemas: Schemas) -> None:
    """Merge a schema into the facts: what it refers to first, its own statements last."""
    if schema.id in facts.chain:
        return
    facts.chain[schema.id] = schema
    if schema.ref is not None:
        absorb(facts, schemas[schema.ref], schemas)
    for member in schema.all_of:
        absorb(facts, schemas[member], schemas)
    _merge_kinds(facts, schema)
    _merge_object(facts, schema)
    if schema.items is not None:
        facts.items = schema.items
    if schema.prefix_items:
        facts.prefix_items = schema.prefix_items
    _add_alternatives(facts, schema)


def null_statement(schema: Schema) -> bool | None:
    """What a schema by itself says about null, its alternatives and conjuncts left aside."""
    if schema.or_null or (schema.enum is not None and None in schema.enum):
        return True
    if schema.types is not None:
        return "null" in schema.types
    return False if schema.enum is not None else None


def _merge_kinds(facts: Facts, schema: Schema) -> None:
    if schema.verdict is False:
        facts.never = True
    stated = null_statement(schema)
    if stated is not None:
        facts.null = stated if facts.null is None else facts.null and stated
    if schema.types is not None:
        facts.types = _meet_types(facts, schema.types)
    if schema.enum is not None:
        facts.enum = _meet_enum(facts, schema.enum)
        facts.enum_schema = schema
    facts.extensible = facts.extensible or schema.extensible_enum
    facts.format = schema.format or facts.format
    facts.content_encoding = schema.content_encoding or facts.content_encoding
    facts.content_media_type = schema.content_media_type or facts.content_media_type
    for bound in (schema.minimum, schema.maximum):
        if bound is not None and abs(bound) > _SAFE_INTEGER:
            facts.magnitude = True


def _meet_types(facts: Facts, stated: frozenset[JsonType]) -> frozenset[JsonType]:
    if facts.types is None:
        return stated
    met = set(facts.types & stated)
    if "integer" in facts.types | stated and "number" in facts.types | stated:
        met.add("integer")
    if not met - {"null"} and stated - {"null"} and facts.types - {"null"}:
        facts.conflict = "type"
        return stated
    return frozenset(met)


def _meet_enum(facts: Facts, stated: tuple[Json, ...]) -> tuple[Json, ...]:
    if facts.enum is None:
        return stated
    met = tuple(value for value in stated if value in facts.enum)
    if not met:
        facts.conflict = "enum"
    return met or stated


def _merge_object(facts: Facts, schema: Schema) -> None:
    for name, schema_id in schema.properties.items():
        earlier = facts.properties.get(name, ())
        if schema_id not in earlier:
            facts.properties[name] = (*earlier, schema_id)
    for name in schema.required:
        facts.required.setdefault(name)
    if schema.additional_properties is not None:
        facts.additional = schema.additional_properties
    elif schema.unevaluated_properties is not None:
        facts.additional = schema.unevaluated_properties
    if schema.pattern_properties:
        facts.patterns = (*facts.patterns, *schema.pattern_properties.values())


def _add_alternatives(facts: Facts, schema: Schema) -> None:
    """OneOf and anyOf, unless one of their arms is being merged here.

    `Cat: allOf: [Pet, ...]` under `Pet: oneOf: [Cat, Dog]` means Pet's properties only.
    """
    for keyword, arms in (("oneOf", schema.one_of), ("anyOf", schema.any_of)):
        if arms and not any(arm in facts.chain or arm == facts.id for arm in arms):
            found = Alternatives(schema.id, keyword, arms, schema.discriminator)
            facts.alternatives = (*facts.alternatives, found)


def weighs(schema: Schema, schemas: Schemas, within: frozenset[SchemaId] = frozenset()) -> bool:
    """Whether a schema says anything about the type of a value, by itself or through allOf.

    `within` names schemas that are being asked already; they add nothing to themselves.
    """
    if schema.id in within:
        return False
    return (
        schema.types is not None
        or schema.ref is not None
        or schema.verdict is False
        or shapes(schema)
        or any(weighs(schemas[one], schemas, within | {schema.id}) for one in schema.all_of)
    )


def shapes(schema: Schema) -> bool:
    """Whether a schema itself says more about the type than its plain JSON types."""
    return bool(
        schema.enum is not None
        or schema.properties
        or schema.required
        or schema.additional_properties is not None
        or schema.pattern_properties
        or schema.items is not None
        or schema.prefix_items
        or schema.any_of
        or schema.one_of
        or schema.format is not None
        or schema.content_encoding is not None
        or schema.content_media_type is not None
    )
