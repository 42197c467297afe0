"""Declared types as shapes for run-time validation: plain data, so that bundlers drop the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from wireproof.emit.typescript.layout import braces, brackets
from wireproof.emit.typescript.operations import OBJECT_MEMBERS
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.tags import optional, tag_of
from wireproof.emit.typescript.text import entry, literal
from wireproof.ir.schema import Schema, SchemaId
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

_SCALARS: Mapping[Scalar, str] = {
    Scalar.BOOLEAN: "boolean",
    Scalar.INTEGER: "integer",
    Scalar.INT64: "int64",
    Scalar.FLOAT: "number",
    Scalar.DECIMAL: "decimal",
    Scalar.DECIMAL_NUMBER: "decimal-number",
    Scalar.INSTANT: "instant",
    Scalar.DATE: "date",
    Scalar.UUID: "uuid",
    Scalar.NULL: "null",
}


def validators(spelling: Spelling) -> Iterator[tuple[str, str]]:
    """Name and shape of every declared type, inputs apart."""
    for schema in spelling.names:
        declared = spelling.declaration(schema)
        for sent in (False, True) if schema in spelling.inputs else (False,):
            yield spelling.name(schema, sent=sent), Shapes(spelling, sent).declaration(declared)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Writes shapes; `prefix` stands before the names of others."""

    spelling: Spelling
    sent: bool
    prefix: str = ""
    files: bool = False

    def declaration(self, declared: TypeDecl) -> str:
        """The shape of a declared type."""
        if declared.id in self.spelling.files and not self.files:
            return replace(self, files=True).declaration(declared)
        match declared:
            case ModelDecl():
                return self._model(declared)
            case EnumDecl():
                return _enum(declared)
            case UnionDecl():
                return self._union(declared)
            case AliasDecl(id=schema, target=target):
                return self.of(target, schema, "  ", owner=schema)
            case _:
                assert_never(declared)

    def of(  # noqa: PLR0911 - one return a kind of type
        self, type_: Type, schema: SchemaId | None, indent: str, owner: SchemaId | None = None
    ) -> str:
        """The shape of a use; `schema` is where its bounds stand, if it is not a named type."""
        match type_:
            case ScalarType(Scalar.BINARY) if self.files:
                return '"binary"'
            case ScalarType(scalar):
                return self._scalar(_SCALARS.get(scalar, "string"), schema)
            case LiteralType(value):
                return f"{{ oneOf: [{literal(value)}] }}"
            case ListType(item):
                bounds = self._bounds(schema, {"min": "min_items", "max": "max_items"})
                return braces([f"list: {self.of(item, None, indent)}", *bounds], indent=indent)
            case MapType(value):
                return f"{{ map: {self.of(value, None, indent)} }}"
            case NullableType(part):
                return f"{{ nullable: {self.of(part, schema, indent, owner)} }}"
            case NamedType(named):
                if owner is not None and owner in self.spelling.direct(named):
                    return '"unknown"'  # the type is nothing but itself
                return f"() => {self.prefix}{self.spelling.name(named, sent=self.sent)}.shape"
            case AnyType():
                return '"unknown"'
            case NeverType():
                return '"never"'
            case _:
                assert_never(type_)

    def _scalar(self, name: str, schema: SchemaId | None) -> str:
        facets = {
            "minLength": "min_length",
            "maxLength": "max_length",
            "pattern": "pattern",
            "minimum": "minimum",
            "maximum": "maximum",
        }
        bounds = self._bounds(schema, facets)
        return f"{{ scalar: {literal(name)}, {', '.join(bounds)} }}" if bounds else literal(name)

    def _bounds(self, schema: SchemaId | None, facets: Mapping[str, str]) -> list[str]:
        found: Schema | None = self.spelling.contract.schemas.get(schema) if schema else None
        if found is None:
            return []
        bounds = {name: getattr(found, field) for name, field in facets.items()}
        return [
            f"{name}: {literal(value)}"
            for name, value in bounds.items()
            if value is not None and _exact(value)
        ]

    def _model(self, model: ModelDecl) -> str:
        properties = [
            prop
            for prop in model.properties
            if self.spelling.travels(model.id, prop, sent=self.sent)
        ]
        rest = "never" if model.additional is None else None
        groups = [
            braces(
                [self._member(prop) for prop in properties if prop.required is required],
                before=f"{name}: ",
                indent="    ",
            )
            for name, required in (("required", True), ("optional", False))
        ]
        shape = literal(rest) if rest else self.of(model.additional or AnyType(), None, "    ")
        return braces([*groups, f"rest: {shape}"], indent="  ")

    def _member(self, prop: Property) -> str:
        shape = self.of(prop.type, prop.schema, "      ")
        # TypeScript looks members of every object up in `Object`, and then widens the literal.
        inherited = prop.name in OBJECT_MEMBERS and shape.startswith('"')
        return entry(prop.name, f"{shape} as const" if inherited else shape)

    def _union(self, union: UnionDecl) -> str:
        found = tag_of(self.spelling, union)
        if found is not None and all(arm.tags for arm in union.arms):
            entries = [
                entry(tag, self.of(arm.type, None, "      ", union.id))
                for arm in union.arms
                for tag in arm.tags
            ]
            said = [f"tag: {literal(found)}", braces(entries, before="arms: ", indent="    ")]
            others = [arm.type for arm in union.arms if arm.default]
            if others:
                said.append(f"others: {self.of(others[0], None, '    ', union.id)}")
            elif optional(self.spelling, union, found):
                said.append("optional: true")
            return braces(said, indent="  ")
        if union.open:
            return '"unknown"'
        shapes = [self.of(arm.type, None, "      ", union.id) for arm in union.arms]
        return braces([brackets(shapes, before="anyOf: ", indent="    ")], indent="  ")


def _exact(value: object) -> bool:
    """Whether a bound can be written as a number without rounding."""
    if isinstance(value, str):
        return True
    number = Decimal(str(value))
    return number.is_finite() and Decimal(repr(float(number))) == number


def _enum(enum: EnumDecl) -> str:
    if enum.open:
        kinds = {isinstance(each.value, str) for each in enum.members}
        return '"unknown"' if len(kinds) != 1 else '"string"' if kinds.pop() else '"number"'
    values = [literal(each.value) for each in enum.members]
    return braces([brackets(values, before="oneOf: ", indent="    ")], indent="  ")
