"""Types of the contract as TypeScript writes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import assert_never

from wireproof.emit.names import Names
from wireproof.emit.typescript.imports import MODULE_OF, Imports
from wireproof.emit.typescript.parts import closure, direct_parts, inner, uses
from wireproof.emit.typescript.text import literal
from wireproof.emit.typescript.typenames import RESERVED_TYPES, type_names
from wireproof.ir.contract import Contract
from wireproof.ir.media import is_multipart
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    AnyType,
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
)
from wireproof.ir.usage import usage

_SCALARS: Mapping[Scalar, str] = {
    Scalar.STRING: "string",
    Scalar.BOOLEAN: "boolean",
    Scalar.INTEGER: "number",
    Scalar.INT64: "Int64",
    Scalar.INT64_STRING: "string",
    Scalar.FLOAT: "number",
    Scalar.DECIMAL: "Decimal",
    Scalar.DECIMAL_NUMBER: "DecimalNumber",
    Scalar.INSTANT: "string",
    Scalar.DATE: "string",
    Scalar.TIME: "string",
    Scalar.DURATION: "string",
    Scalar.UUID: "string",
    Scalar.URI: "string",
    Scalar.BYTES: "string",
    Scalar.BINARY: "string",
    Scalar.NULL: "null",
}

EXACT = frozenset({Scalar.INT64, Scalar.DECIMAL_NUMBER})
"""Scalars that `JSON.parse` would round."""


class Spelling:
    """Spells types; knows every declared type's TypeScript names.

    A type that is both sent and received, and says more on one way than on the other (members
    that are required, but read-only or write-only), has two declarations: `Order` as it is
    received, `OrderInput` as it is sent.
    """

    def __init__(self, contract: Contract, names: Names) -> None:
        self.contract = contract
        self.names = type_names(names)
        self.usage = usage(contract)
        self.inputs = self._inputs()
        self._direct: dict[SchemaId, frozenset[SchemaId]] = {}

    def _inputs(self) -> dict[SchemaId, str]:
        """Names of the second declarations, of those types that need one."""
        both = self.usage.sent & self.usage.received
        users: dict[SchemaId, list[SchemaId]] = {}
        stack: list[SchemaId] = []
        for schema in self.names:
            if schema not in both:
                continue
            declared = self.declaration(schema)
            if isinstance(declared, ModelDecl) and any(map(one_way, declared.properties)):
                stack.append(schema)
            for each in uses(declared):
                for part in inner(each):
                    if isinstance(part, NamedType):
                        users.setdefault(part.id, []).append(schema)
        found = closure(stack, users)
        taken = set(self.names.values()) | RESERVED_TYPES
        inputs: dict[SchemaId, str] = {}
        for schema in sorted(found):
            name = f"{self.names[schema]}Input"
            while name in taken:
                name += "Input"
            taken.add(name)
            inputs[schema] = name
        return inputs

    def declaration(self, schema: SchemaId) -> TypeDecl:
        """The declaration behind an edge. KeyError where the contract declares none."""
        return self.contract.types[schema]

    def resolve(self, type_: Type) -> Type | TypeDecl:
        """The type with aliases followed: a declaration that is no alias, or an unnamed type."""
        seen: set[SchemaId] = set()
        while isinstance(type_, NamedType) and type_.id not in seen:
            seen.add(type_.id)
            declared = self.declaration(type_.id)
            if not isinstance(declared, AliasDecl):
                return declared
            type_ = declared.target
        return type_

    def use(  # noqa: PLR0911 - one return a kind of type
        self,
        type_: Type,
        imports: Imports,
        owner: SchemaId | None = None,
        *,
        sent: bool = False,
        files: bool = False,
    ) -> str:
        """The type as an expression.

        `owner` is the alias or union that it stands in directly; `sent` asks for the type as it
        is sent rather than received; with `files`, octets are a `Blob` (in JSON they are a string,
        whatever the contract calls them).
        """
        match type_:
            case ScalarType(Scalar.BINARY) if files:
                return "Blob"
            case ScalarType(scalar):
                spelled = _SCALARS[scalar]
                return imports.runtime_type(spelled) if spelled in MODULE_OF else spelled
            case LiteralType(value):
                return literal(value)
            case ListType(item):
                return f"{_grouped(self.use(item, imports, sent=sent, files=files))}[]"
            case MapType(value):
                return f"{{ [key: string]: {self.use(value, imports, sent=sent, files=files)} }}"
            case NullableType(inner):
                return self.union([self.use(inner, imports, owner, sent=sent, files=files), "null"])
            case NamedType(schema):
                if owner is not None and owner in self.direct(schema):
                    return "unknown"  # the type is nothing but itself
                return imports.model(self.name(schema, sent=sent))
            case AnyType():
                return "unknown"
            case NeverType():
                return "never"
            case _:
                assert_never(type_)

    def name(self, schema: SchemaId, *, sent: bool = False) -> str:
        """The name of a declared type, of its second declaration where it has one."""
        return self.inputs.get(schema, self.names[schema]) if sent else self.names[schema]

    def travels(self, owner: SchemaId, prop: Property, *, sent: bool) -> bool:
        """Whether a member has a place in the declaration of its model as (`sent`) asks."""
        if sent or owner not in self.usage.received:
            return not prop.read_only or owner not in self.usage.sent
        apart = owner in self.inputs or owner not in self.usage.sent
        return not (prop.write_only and apart)

    @staticmethod
    def union(parts: list[str]) -> str:
        """Alternatives without repeats; `unknown` swallows the others."""
        unique = list(dict.fromkeys(parts))
        return "unknown" if "unknown" in unique else " | ".join(unique)

    def direct(self, schema: SchemaId) -> frozenset[SchemaId]:
        """The alias or union itself and all that it is made of without a list or object between."""
        if schema not in self._direct:
            found: set[SchemaId] = set()
            stack = [schema]
            while stack:
                current = stack.pop()
                if current not in found:
                    found.add(current)
                    stack += direct_parts(self.declaration(current))
            self._direct[schema] = frozenset(found)
        return self._direct[schema]

    @cached_property
    def files(self) -> frozenset[SchemaId]:
        """Declared types that travel in multipart bodies, where octets are files."""
        stack = [
            part
            for operation in self.contract.operations
            for media in (operation.request.content if operation.request else ())
            if is_multipart(media.media_type)
            for part in inner(media.type)
        ]
        found: set[SchemaId] = set()
        while stack:
            current = stack.pop()
            if isinstance(current, NamedType) and current.id not in found:
                found.add(current.id)
                stack += [part for use in uses(self.declaration(current.id)) for part in inner(use)]
        return frozenset(found)

    def exact(self, type_: Type, *scalars: Scalar) -> bool:
        """Whether values of the type can hold such numbers (any that `JSON.parse` would round)."""
        return any(self._holds(type_, scalar) for scalar in scalars or EXACT)

    def _holds(self, type_: Type, scalar: Scalar) -> bool:
        return any(
            each == ScalarType(scalar)
            or (isinstance(each, NamedType) and each.id in self._exact[scalar])
            for each in inner(type_)
        )

    @cached_property
    def _exact(self) -> Mapping[Scalar, frozenset[SchemaId]]:
        """Declared types that can hold such numbers, at any depth."""
        users: dict[SchemaId, list[SchemaId]] = {}
        direct: dict[Scalar, list[SchemaId]] = {scalar: [] for scalar in EXACT}
        for schema, declared in self.contract.types.items():
            for each in uses(declared):
                for part in inner(each):
                    if isinstance(part, NamedType):
                        users.setdefault(part.id, []).append(schema)
                    elif isinstance(part, ScalarType) and part.scalar in EXACT:
                        direct[part.scalar].append(schema)
        return {scalar: frozenset(closure(found, users)) for scalar, found in direct.items()}


def one_way(prop: Property) -> bool:
    """Whether a member must be there on one way and has no place on the other."""
    return prop.required and (prop.read_only or prop.write_only)


def _grouped(spelled: str) -> str:
    return f"({spelled})" if " | " in spelled or " & " in spelled else spelled
