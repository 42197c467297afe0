"""What datamodel-code-generator is handed: the IR's types as OpenAPI components.

Every type is a component under its allocated name, nothing is inline, nothing is constrained, and
scalars that Python spells differently name the runtime's types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from wireproof.emit.python.text import docstring
from wireproof.emit.server.identifiers import Identifiers
from wireproof.ir.contract import Contract
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    AnyType,
    EnumDecl,
    ListType,
    LiteralType,
    MapType,
    ModelDecl,
    NamedType,
    NeverType,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    UnionDecl,
)
from wireproof.source.node import Json

PLACEHOLDER = "GENERATED_RUNTIME"
"""Stands for the runtime's package until the imports are written."""

COMPONENTS = "#/components/schemas/"

_SCALARS: dict[Scalar, dict[str, Json]] = {
    Scalar.STRING: {"type": "string"},
    Scalar.BOOLEAN: {"type": "boolean"},
    Scalar.INTEGER: {"type": "integer"},
    Scalar.INT64: {"type": "integer"},
    Scalar.INT64_STRING: {"customTypePath": f"{PLACEHOLDER}.model.Int64String"},
    Scalar.FLOAT: {"type": "number"},
    Scalar.DECIMAL: {"customTypePath": f"{PLACEHOLDER}.model.DecimalString"},
    Scalar.DECIMAL_NUMBER: {"customTypePath": f"{PLACEHOLDER}.model.DecimalNumber"},
    Scalar.INSTANT: {"customTypePath": f"{PLACEHOLDER}.model.UtcInstant"},
    Scalar.DATE: {"type": "string", "format": "date"},
    Scalar.TIME: {"type": "string"},
    Scalar.DURATION: {"type": "string"},
    Scalar.UUID: {"type": "string", "format": "uuid"},
    Scalar.URI: {"type": "string"},
    Scalar.BYTES: {"customTypePath": f"{PLACEHOLDER}.model.Base64Bytes"},
    Scalar.BINARY: {"type": "string", "format": "binary"},
    Scalar.NULL: {"type": "null"},
}

_DEFAULTABLE = frozenset(
    {Scalar.STRING, Scalar.URI, Scalar.BOOLEAN, Scalar.INTEGER, Scalar.INT64, Scalar.FLOAT}
)


@dataclass(frozen=True, slots=True)
class Component:
    """A type as the generator gets it, and what is said of it.

    Attributes:
        schema: Its schema; other types are `$ref`s.
        maybe: Members that may be absent but not null, by their names in JSON.
        docstring: Python, without indentation of its first line; "" where nothing is said.
        docs: The same for members.
    """

    schema: dict[str, Json]
    docstring: str
    maybe: tuple[str, ...] = ()
    docs: Mapping[str, str] = field(default_factory=dict)


def components(contract: Contract, identifiers: Identifiers) -> dict[str, Component]:
    """Every declared type by its identifier, in the contract's order."""
    return _Components(contract, identifiers).build()


class _Components:
    """Spells declarations as schemas."""

    def __init__(self, contract: Contract, identifiers: Identifiers) -> None:
        self._contract = contract
        self._names = identifiers.types

    def build(self) -> dict[str, Component]:
        """A component for each declaration."""
        return {
            name: self._declaration(self._contract.types[schema_id])
            for schema_id, name in self._names.items()
        }

    def _declaration(self, declaration: TypeDecl) -> Component:
        indent = "    " if isinstance(declaration, ModelDecl) else ""
        said = docstring(declaration.description, indent=indent).strip()
        match declaration:
            case ModelDecl():
                return self._model(declaration, said)
            case EnumDecl():
                return Component(_enum(declaration), said)
            case UnionDecl():
                return Component(self._union(declaration), said)
            case AliasDecl():
                return Component(self._type(declaration.target), said)
            case _:
                assert_never(declaration)

    def _model(self, model: ModelDecl, said: str) -> Component:
        absent: list[str] = []
        docs: dict[str, str] = {}
        properties: dict[str, Json] = {}
        required: list[str] = []
        for member in model.properties:
            schema = self._type(member.type)
            if text := docstring(member.description, indent="    "):
                docs[member.name] = text.strip()
            if member.required and not member.read_only and not member.write_only:
                required.append(member.name)
            elif self._has_default(member):
                schema = {**schema, "default": member.default}
            elif not self._nullable(member.type):
                absent.append(member.name)
            properties[member.name] = schema
        result: dict[str, Json] = {"type": "object", "properties": properties, "required": required}
        if model.additional is None:
            result["additionalProperties"] = False
        elif self._says_additional(model.id):
            result["additionalProperties"] = True
        return Component(result, said, tuple(absent), docs)

    def _has_default(self, member: Property) -> bool:
        """Whether a default is one that Python can hold as it stands."""
        if not member.has_default or member.default is None:
            return False
        match member.type:
            case ScalarType(scalar) if scalar in _DEFAULTABLE:
                return _fits(member.default, scalar)
            case NamedType(schema_id):
                declaration = self._contract.types[schema_id]
                return isinstance(declaration, EnumDecl) and any(
                    member.default == value.value for value in declaration.members
                )
            case _:
                return False

    def _nullable(self, type_: Type) -> bool:
        """Whether null is a value of the type."""
        seen: set[SchemaId] = set()
        pending = [type_]
        while pending:
            current = pending.pop()
            if isinstance(current, NullableType | AnyType) or current == ScalarType(Scalar.NULL):
                return True
            if isinstance(current, NamedType) and current.id not in seen:
                seen.add(current.id)
                declaration = self._contract.types[current.id]
                if isinstance(declaration, AliasDecl):
                    pending.append(declaration.target)
                elif isinstance(declaration, UnionDecl):
                    pending += [arm.type for arm in declaration.arms]
        return False

    def _says_additional(self, schema_id: SchemaId) -> bool:
        schema = self._contract.schemas.get(schema_id)
        return schema is not None and schema.additional_properties is not None

    def _union(self, union: UnionDecl) -> dict[str, Json]:
        arms = [self._type(arm.type) for arm in union.arms]
        if not arms:
            return {}
        if len(arms) == 1:
            return arms[0]
        schema: dict[str, Json] = {"anyOf": arms}
        mapping = self._mapping(union)
        if mapping is not None:
            schema = {"oneOf": arms}
            schema["discriminator"] = {"propertyName": union.tag, "mapping": mapping}
        return schema

    def _mapping(self, union: UnionDecl) -> dict[str, str] | None:
        """Tag to component, where every arm is a model whose tag can only have its own values."""
        if union.tag is None:
            return None
        mapping: dict[str, str] = {}
        for arm in union.arms:
            declared = (
                self._contract.types.get(arm.type.id) if isinstance(arm.type, NamedType) else None
            )
            if not isinstance(declared, ModelDecl):
                return None
            member = next((p for p in declared.properties if p.name == union.tag), None)
            if member is None or not member.required or not isinstance(member.type, LiteralType):
                return None
            if not isinstance(member.type.value, str) or member.type.value in mapping:
                return None
            mapping[member.type.value] = f"{COMPONENTS}{self._names[declared.id]}"
        return mapping

    def _type(self, type_: Type) -> dict[str, Json]:
        match type_:
            case ScalarType() | LiteralType() | AnyType() | NeverType():
                return _leaf(type_)
            case ListType(item):
                return {"type": "array", "items": self._type(item)}
            case MapType(value):
                return {"type": "object", "additionalProperties": self._type(value)}
            case NullableType(inner):
                return {"anyOf": [self._type(inner), {"type": "null"}]}
            case NamedType(schema_id):
                return {"$ref": f"{COMPONENTS}{self._names[schema_id]}"}
            case _:
                assert_never(type_)


def _leaf(type_: ScalarType | LiteralType | AnyType | NeverType) -> dict[str, Json]:
    if isinstance(type_, ScalarType):
        return dict(_SCALARS[type_.scalar])
    if isinstance(type_, LiteralType) and isinstance(type_.value, str | int):
        return {"const": type_.value}
    return {}


def _enum(enum: EnumDecl) -> dict[str, Json]:
    values = [member.value for member in enum.members]
    if not all(isinstance(value, str | int) for value in values):
        return {"type": "number"}  # Python has no literal for a fraction
    if not values:
        return {}
    listed: dict[str, Json] = {"enum": values}
    kinds = {"integer" if isinstance(value, int) else "string" for value in values}
    if len(kinds) == 1 and not any(isinstance(value, bool) for value in values):
        listed = {"type": kinds.pop(), **listed}
        if enum.open:
            return {"anyOf": [listed, {"type": listed["type"]}]}
    return {} if enum.open else listed


def _fits(value: Json, scalar: Scalar) -> bool:
    match scalar:
        case Scalar.STRING | Scalar.URI:
            return isinstance(value, str)
        case Scalar.BOOLEAN:
            return isinstance(value, bool)
        case Scalar.FLOAT:
            return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        case _:
            return isinstance(value, int) and not isinstance(value, bool)
