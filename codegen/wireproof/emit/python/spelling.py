"""Types of the contract as Python writes them: what is received, and what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from wireproof.emit.names import Names
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.layout import Layout
from wireproof.emit.python.text import type_identifier
from wireproof.emit.python.unions import literals, optional, union
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
    UnionDecl,
)

RESERVED_TYPES = frozenset(
    [
        "Annotated",
        "Any",
        "APIResponse",
        "ArgumentError",
        "Arguments",
        "AsyncIterator",
        "AsyncPage",
        "AsyncPaginator",
        "AsyncStream",
        "Base64Bytes",
        "BaseException",
        "BaseModel",
        "BinaryContent",
        "Codec",
        "Cost",
        "DecimalInput",
        "Dict",
        "EVERY",
        "Exception",
        "ExactDecimal",
        "Field",
        "FileInput",
        "Idempotency",
        "IntText",
        "Iterator",
        "List",
        "Literal",
        "Mapping",
        "Never",
        "NotGiven",
        "NotRequired",
        "Nullable",
        "NumberDecimal",
        "Operation",
        "Optional",
        "Page",
        "PagedOperation",
        "Paging",
        "Replay",
        "RequestOptions",
        "Required",
        "Resource",
        "Sequence",
        "Stream",
        "Style",
        "Tagged",
        "TypeAlias",
        "TypeAliasType",
        "TypedDict",
        "Union",
        "Unknown",
        "Unpack",
        "UUID",
        "Warning",
        "AsyncBinaryContent",
    ]
)
"""Names that generated modules import or that readers take for what they usually are."""

_RECEIVED: Mapping[Scalar, str] = {
    Scalar.STRING: "str",
    Scalar.BOOLEAN: "bool",
    Scalar.INTEGER: "int",
    Scalar.INT64: "int",
    Scalar.INT64_STRING: "IntText",
    Scalar.FLOAT: "float",
    Scalar.DECIMAL: "ExactDecimal",
    Scalar.DECIMAL_NUMBER: "NumberDecimal",
    Scalar.INSTANT: "datetime",
    Scalar.DATE: "date",
    Scalar.TIME: "time",
    Scalar.DURATION: "str",
    Scalar.UUID: "UUID",
    Scalar.URI: "str",
    Scalar.BYTES: "Base64Bytes",
    Scalar.BINARY: "str",
    Scalar.NULL: "None",
}
_SENT: Mapping[Scalar, tuple[str, ...]] = {
    Scalar.STRING: ("str",),
    Scalar.BOOLEAN: ("bool",),
    Scalar.INTEGER: ("int",),
    Scalar.INT64: ("int",),
    Scalar.INT64_STRING: ("int", "str"),
    Scalar.FLOAT: ("float",),
    Scalar.DECIMAL: ("DecimalInput",),
    Scalar.DECIMAL_NUMBER: ("DecimalInput",),
    Scalar.INSTANT: ("datetime", "str"),
    Scalar.DATE: ("date", "str"),
    Scalar.TIME: ("time", "str"),
    Scalar.DURATION: ("timedelta", "str"),
    Scalar.UUID: ("UUID", "str"),
    Scalar.URI: ("str",),
    Scalar.BYTES: ("bytes",),
    Scalar.BINARY: ("FileInput",),
    Scalar.NULL: ("None",),
}
_DATETIME = frozenset({"datetime", "date", "time", "timedelta"})
_RUNTIME = {
    "IntText": "models",
    "ExactDecimal": "models",
    "NumberDecimal": "models",
    "Base64Bytes": "models",
    "DecimalInput": "decimals",
    "FileInput": "body",
}


class Spelling:
    """Spells types; knows every declared type's names and modules.

    Attributes:
        names: Class or alias of what is received.
        inputs: TypedDict or alias of what is sent.
    """

    def __init__(self, contract: Contract, names: Names, layout: Layout) -> None:
        self.contract = contract
        self.layout = layout
        self.names = {s: type_identifier(n) for s, n in names.types.items()}
        taken = set(self.names.values())
        for schema, name in self.names.items():
            if name in RESERVED_TYPES:
                self.names[schema] = _free(f"{name}Model", taken)
        self.inputs = {s: _free(f"{n}Params", taken) for s, n in self.names.items()}

    def received(self, type_: Type, imports: Imports, here: str = "") -> str:  # noqa: PLR0911 - one return an alternative of the closed union
        """An annotation for what is received. `here` is the models module that it stands in."""
        match type_:
            case ScalarType(scalar=scalar):
                return _scalar(_RECEIVED[scalar], imports)
            case LiteralType(value=value):
                return literals((value,), imports)
            case ListType(item=item):
                return f"{imports.typing('List')}[{self.received(item, imports, here)}]"
            case MapType(value=value):
                return f"{imports.typing('Dict')}[str, {self.received(value, imports, here)}]"
            case NullableType(inner=inner):
                return optional(self.received(inner, imports, here))
            case NamedType(id=schema):
                return self.model(schema, imports, here)
            case AnyType() | NeverType():
                return imports.typing("Any")
            case _:
                assert_never(type_)

    def model(self, schema: SchemaId, imports: Imports, here: str = "") -> str:
        """The name of a received type, imported from its module unless that is `here`."""
        declared = self.contract.types[schema]
        if self.transparent(schema) and isinstance(declared, AliasDecl):
            return self.received(declared.target, imports, here)
        module = self.layout.models.get(schema)
        if module is None:
            return imports.typing("Any")
        name = self.names[schema]
        if module == here:
            return name
        return imports.add(f".{module}" if here else f"..models.{module}", name)

    def sent(self, type_: Type, imports: Imports, here: str = "") -> str:  # noqa: PLR0911 - one return an alternative of the closed union
        """An annotation for what is sent. `here` is the params module that it stands in."""
        match type_:
            case ScalarType(scalar=scalar):
                return union([_scalar(name, imports) for name in _SENT[scalar]])
            case LiteralType(value=value):
                return literals((value,), imports)
            case ListType(item=item):
                return f"{imports.typing('Sequence')}[{self.sent(item, imports, here)}]"
            case MapType(value=value):
                return f"{imports.typing('Mapping')}[str, {self.sent(value, imports, here)}]"
            case NullableType(inner=inner):
                return optional(self.sent(inner, imports, here))
            case NamedType(id=schema):
                return self.input(schema, imports, here)
            case AnyType():
                return "object"
            case NeverType():
                return imports.typing("Never")
            case _:
                assert_never(type_)

    def input(self, schema: SchemaId, imports: Imports, here: str = "") -> str:
        """The name of a sent type; small aliases are spelled out instead."""
        declared = self.contract.types[schema]
        if isinstance(declared, EnumDecl):
            module = self.layout.models.get(schema)
            if module is None:
                return imports.typing("Any")
            return imports.add(f"..models.{module}", self.names[schema], later=True)
        if self.transparent(schema) and isinstance(declared, AliasDecl):
            return self.sent(declared.target, imports, here)
        module = self.layout.params.get(schema)
        if module is None:
            return imports.typing("Any")
        name = self.inputs[schema]
        if module == here:
            return name
        return imports.add(f".{module}" if here else f"..params.{module}", name, later=True)

    def transparent(self, schema: SchemaId) -> bool:
        """Whether a type's name would say no more than its content: an alias of a scalar."""
        declared = self.contract.types[schema]
        if not isinstance(declared, AliasDecl):
            return False
        target = declared.target
        return isinstance(
            target.inner if isinstance(target, NullableType) else target,
            ScalarType | AnyType | LiteralType,
        )

    def apart_from_types(self, name: str) -> str:
        """A class name that no type has, with and without `Async` before it."""
        taken = {*self.names.values(), *self.inputs.values()}
        while name in taken or f"Async{name}" in taken:
            name += "API"
        return name

    def resolve(self, type_: Type) -> Type | ModelDecl | EnumDecl | UnionDecl:
        """The type with aliases followed: a declaration that is no alias, or an unnamed type."""
        seen: set[SchemaId] = set()
        while isinstance(type_, NamedType) and type_.id not in seen:
            seen.add(type_.id)
            declared = self.contract.types[type_.id]
            if not isinstance(declared, AliasDecl):
                return declared
            type_ = declared.target
        return type_


def _free(name: str, taken: set[str]) -> str:
    while name in taken or name in RESERVED_TYPES:
        name += "Model" if not name.endswith("Params") else "Input"
    taken.add(name)
    return name


def _scalar(name: str, imports: Imports) -> str:
    if name in _DATETIME:
        return imports.dt(name)
    if name == "UUID":
        return imports.add("uuid", "UUID")
    if name in _RUNTIME:
        return imports.add(f".._runtime.{_RUNTIME[name]}", name)
    return name
