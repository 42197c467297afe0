"""Annotations: the contract's types as Python writes them in the generated modules."""

from __future__ import annotations

from typing import assert_never

from wireproof.emit.python.text import literal
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
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    UnionDecl,
)

SCALARS: dict[Scalar, str] = {
    Scalar.STRING: "str",
    Scalar.BOOLEAN: "bool",
    Scalar.INTEGER: "int",
    Scalar.INT64: "int",
    Scalar.INT64_STRING: "model.Int64String",
    Scalar.FLOAT: "float",
    Scalar.DECIMAL: "model.DecimalString",
    Scalar.DECIMAL_NUMBER: "model.DecimalNumber",
    Scalar.INSTANT: "model.UtcInstant",
    Scalar.DATE: "date",
    Scalar.TIME: "str",
    Scalar.DURATION: "str",
    Scalar.UUID: "UUID",
    Scalar.URI: "str",
    Scalar.BYTES: "model.Base64Bytes",
    Scalar.BINARY: "bytes",
    Scalar.NULL: "None",
}
"""Scalars in the generated modules, which import `date`, `UUID` and the runtime's `model`."""


def annotation(type_: Type, identifiers: Identifiers, *, builtins: str = "") -> str:
    """A type as an annotation.

    Args:
        type_: The type.
        identifiers: Names of the declared types.
        builtins: Prefix for `list` and `dict`, where a method of that name hides them.
    """
    match type_:
        case ScalarType() | LiteralType() | AnyType() | NeverType():
            return _leaf(type_)
        case ListType(item):
            return f"{builtins}list[{annotation(item, identifiers, builtins=builtins)}]"
        case MapType(value):
            inner = annotation(value, identifiers, builtins=builtins)
            return f"{builtins}dict[str, {inner}]"
        case NullableType(nullable):
            return f"{annotation(nullable, identifiers, builtins=builtins)} | None"
        case NamedType(schema_id):
            return f"models.{identifiers.types[schema_id]}"
        case _:
            assert_never(type_)


def _leaf(type_: ScalarType | LiteralType | AnyType | NeverType) -> str:
    if isinstance(type_, ScalarType):
        return SCALARS[type_.scalar]
    if isinstance(type_, LiteralType) and isinstance(type_.value, str | int):
        return f"Literal[{literal(type_.value)}]"
    return "Any"


def uses(contract: Contract, type_: Type, wanted: Scalar) -> bool:
    """Whether a scalar can stand anywhere within a type."""
    seen: set[SchemaId] = set()
    pending = [type_]
    while pending:
        current = pending.pop()
        if isinstance(current, ScalarType) and current.scalar is wanted:
            return True
        if isinstance(current, NamedType):
            if current.id in seen:
                continue
            seen.add(current.id)
        pending += children(contract, current)
    return False


def children(contract: Contract, type_: Type) -> list[Type]:
    """The types directly within a type."""
    match type_:
        case ListType(item):
            return [item]
        case MapType(value):
            return [value]
        case NullableType(inner):
            return [inner]
        case NamedType(schema_id):
            return _declared(contract.types[schema_id])
        case ScalarType() | LiteralType() | AnyType() | NeverType():
            return []
        case _:
            assert_never(type_)


def _declared(declaration: TypeDecl) -> list[Type]:
    match declaration:
        case ModelDecl():
            additional = [declaration.additional] if declaration.additional is not None else []
            return [*(member.type for member in declaration.properties), *additional]
        case UnionDecl():
            return [arm.type for arm in declaration.arms]
        case AliasDecl():
            return [declaration.target]
        case EnumDecl():
            return []
        case _:
            assert_never(declaration)
