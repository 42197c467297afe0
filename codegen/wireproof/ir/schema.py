"""The constraint view: JSON Schemas of OpenAPI 3.0, 3.1 and 3.2 in one spelling (2020-12).

Schemas form a flat graph. Every schema, however deeply it stands inline, has an id, and every
child is an edge (the id of another schema), so recursion needs no special case. A child that is
nothing but a `$ref` is an edge straight to its target. What has one meaning and two spellings is
folded: `const` is an `enum` of one, boolean `exclusiveMinimum` becomes the number, `nullable`
joins `types` (or sets `or_null` where no type is given), `example` joins `examples`,
`format: byte` is `content_encoding: base64`, `format: binary` is `content_media_type:
application/octet-stream`, `items` as a sequence is `prefix_items`.

Numbers are exact: `Decimal` for bounds, `int` for lengths. `None` always means "not stated".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NewType, Self

from wireproof.source.node import Json, Node

SchemaId = NewType("SchemaId", str)
"""Pointer of a schema in the bundled contract, `#/components/schemas/Order`."""

JsonType = Literal["null", "boolean", "integer", "number", "string", "array", "object"]


@dataclass(frozen=True, slots=True)
class Discriminator:
    """OpenAPI's discriminator: the tag's property and, where given, tag -> schema."""

    property_name: str
    mapping: Mapping[str, SchemaId] = field(default_factory=dict)
    default: SchemaId | None = None  # OpenAPI 3.2 defaultMapping: what an unknown tag means


class _Empty(dict[str, Any]):
    """No entries, and never any: the default of all mappings of schemas."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # dataclasses want it of a shared default

    def __setitem__(self, key: str, value: object) -> None:
        raise TypeError(key)


_NONE = _Empty()


@dataclass(frozen=True, kw_only=True)
class Schema:
    """One schema: the conjunction of all that its fields state.

    `verdict` is set for the boolean schemas `true` and `false` only. `ref` is set where a
    `$ref` has siblings that count (3.1 and later); a bare `$ref` is no schema but an edge.
    `types` with "number" includes integers, as JSON Schema has it. Keywords that this class
    does not model are named in `unmodelled` and stay readable on `origin`.
    """

    id: SchemaId
    origin: Node = field(compare=False, repr=False)
    verdict: bool | None = None
    ref: SchemaId | None = None
    types: frozenset[JsonType] | None = None
    or_null: bool = False
    enum: tuple[Json, ...] | None = None

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    exclusive_minimum: Decimal | None = None
    exclusive_maximum: Decimal | None = None
    multiple_of: Decimal | None = None

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    content_schema: SchemaId | None = None

    items: SchemaId | None = None
    prefix_items: tuple[SchemaId, ...] = ()
    contains: SchemaId | None = None
    min_contains: int | None = None
    max_contains: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    unevaluated_items: SchemaId | None = None

    properties: Mapping[str, SchemaId] = _NONE
    required: tuple[str, ...] = ()
    pattern_properties: Mapping[str, SchemaId] = _NONE
    additional_properties: SchemaId | None = None
    property_names: SchemaId | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    dependent_required: Mapping[str, tuple[str, ...]] = _NONE
    dependent_schemas: Mapping[str, SchemaId] = _NONE
    unevaluated_properties: SchemaId | None = None

    all_of: tuple[SchemaId, ...] = ()
    any_of: tuple[SchemaId, ...] = ()
    one_of: tuple[SchemaId, ...] = ()
    not_: SchemaId | None = None
    if_: SchemaId | None = None
    then: SchemaId | None = None
    else_: SchemaId | None = None
    discriminator: Discriminator | None = None

    title: str = ""
    description: str = ""
    default: Json = None
    has_default: bool = False
    examples: tuple[Json, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    extensible_enum: bool = False
    extensions: Mapping[str, Json] = _NONE
    unmodelled: tuple[str, ...] = ()

    @classmethod
    def stating(cls, fields: Mapping[str, Any]) -> Self:
        """A schema that states these fields and no others.

        The same as calling the class, at a fifteenth of the cost: a large contract has tens of
        thousands of schemas of some fifty fields each, and most state two or three.
        """
        schema = object.__new__(cls)
        schema.__dict__.update(fields)
        return schema


_IDENTITY = frozenset({"id", "origin"})


def differing(one: Schema, other: Schema) -> frozenset[str]:
    """The fields in which two schemas differ, id and origin aside.

    Only fields that one of them states are looked at: few of fifty.
    """
    stated = (vars(one).keys() | vars(other).keys()) - _IDENTITY
    return frozenset(name for name in stated if getattr(one, name) != getattr(other, name))


def edges(schema: Schema) -> Iterator[SchemaId]:
    """The ids of a schema's direct children, in a fixed order."""
    for single in (
        schema.ref,
        schema.content_schema,
        schema.items,
        schema.contains,
        schema.unevaluated_items,
        schema.additional_properties,
        schema.property_names,
        schema.unevaluated_properties,
        schema.not_,
        schema.if_,
        schema.then,
        schema.else_,
    ):
        if single is not None:
            yield single
    yield from schema.prefix_items
    yield from schema.properties.values()
    yield from schema.pattern_properties.values()
    yield from schema.dependent_schemas.values()
    yield from schema.all_of
    yield from schema.any_of
    yield from schema.one_of
