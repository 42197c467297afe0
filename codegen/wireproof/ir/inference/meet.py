"""One type for a property that several conjuncts of an allOf declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from wireproof.ir.inference.enums import json_type
from wireproof.ir.inference.facts import Facts, gather
from wireproof.ir.inference.forms import Choice, Enumeration, Form, Plain, Record, without_null
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AnyType,
    ListType,
    LiteralType,
    MapType,
    NamedType,
    NeverType,
    NullableType,
    Scalar,
    ScalarType,
    Type,
)

if TYPE_CHECKING:
    from wireproof.ir.inference.table import TypeTable

_WIDE = frozenset({Scalar.STRING, Scalar.FLOAT, Scalar.INTEGER})


def meet(table: TypeTable, facts: Facts, name: str) -> Type:
    """The narrowest of the conjuncts' types, the last one where two are equally narrow.

    Two records are joined into one; null must be admitted by all.
    """
    conjuncts = facts.properties[name]
    uses = [table.use(schema_id) for schema_id in conjuncts]
    nullable = all(isinstance(use, NullableType | AnyType) for use in uses)
    types = list(dict.fromkeys(without_null(use) for use in uses))
    types = [type_ for type_ in types if not isinstance(type_, AnyType)]
    if not types:
        return AnyType()
    records = [type_ for type_ in types if _record(table, type_) is not None]
    if len(records) > 1:
        best = _joined(table, facts, name, records)
    else:
        best = max(reversed(types), key=lambda type_: _narrowness(table, type_))
    if _excluded(table, facts, name, types, best):
        best = types[-1]
    nullable = nullable and not isinstance(best, NeverType)
    return NullableType(best) if nullable else best


def _joined(table: TypeTable, facts: Facts, name: str, records: list[Type]) -> Type:
    """One record: the one that already inherits from the others, or a new one out of all."""
    for type_ in reversed(records):
        form = _record(table, type_)
        ids = {other.id for other in records if isinstance(other, NamedType)}
        if form is not None and ids <= {form.facts.id, *form.facts.chain}:
            return type_
    new_id = SchemaId(f"{facts.id}/properties/{name.replace('~', '~0').replace('/', '~1')}")
    return table.synthesise(gather(facts.properties[name], table.schemas, new_id))


def _record(table: TypeTable, type_: Type) -> Record | None:
    form = table.peek(type_.id) if isinstance(type_, NamedType) else None
    return form if isinstance(form, Record) else None


def _narrowness(table: TypeTable, type_: Type) -> int:
    seen: set[Type] = set()
    while isinstance(type_, NamedType) and type_ not in seen:
        seen.add(type_)
        form = table.peek(type_.id)
        if not isinstance(form, Plain):
            return 4
        type_ = form.type
    match type_:
        case NeverType() | LiteralType():
            return 5
        case ScalarType(scalar=scalar):
            return 2 if scalar in _WIDE else 3
        case ListType(item=AnyType()) | MapType(value=AnyType()):
            return 1
        case ListType() | MapType():
            return 3
        case _:
            return 0


def _excluded(table: TypeTable, facts: Facts, name: str, types: list[Type], best: Type) -> bool:
    """Whether one of the types shares no JSON type with the best one (reported)."""
    kept = _kinds(table, best, 0)
    for type_ in types:
        kinds = _kinds(table, type_, 0)
        if kept and kinds and not kept & kinds:
            table.reader.report(
                "contradictory-all-of",
                table.schemas[facts.properties[name][-1]].origin,
                f"property `{name}` is {'/'.join(sorted(kinds))} in one part of allOf"
                f" and {'/'.join(sorted(kept))} in another; the last one is used",
                "no value can satisfy both: correct one",
            )
            return True
    return False


def _kinds(table: TypeTable, type_: Type, depth: int) -> frozenset[str]:
    """The JSON types of a type's values; empty where that is not known."""
    match type_:
        case ScalarType(scalar=scalar):
            return frozenset({_SCALAR_KINDS.get(scalar, "string")})
        case LiteralType(value=value):
            return frozenset({_plain(json_type(value))})
        case ListType():
            return frozenset({"array"})
        case MapType():
            return frozenset({"object"})
        case NamedType(id=type_id) if depth < 8:  # noqa: PLR2004 - deeper aliases are not worth it
            form = table.peek(type_id)
            return frozenset() if form is None else _form_kinds(table, form, depth + 1)
        case _:
            return frozenset()


def _form_kinds(table: TypeTable, form: Form, depth: int) -> frozenset[str]:
    match form:
        case Plain(type=type_):
            return _kinds(table, type_, depth)
        case Record():
            return frozenset({"object"})
        case Enumeration(members=members):
            return frozenset(_plain(json_type(member.value)) for member in members)
        case Choice(arms=arms):
            each = [_kinds(table, without_null(arm.type), depth) for arm in arms]
            return frozenset().union(*each) if all(each) else frozenset()
        case _:
            assert_never(form)


_SCALAR_KINDS = {
    Scalar.BOOLEAN: "boolean",
    Scalar.INTEGER: "number",
    Scalar.INT64: "number",
    Scalar.FLOAT: "number",
    Scalar.DECIMAL_NUMBER: "number",
    Scalar.NULL: "null",
}


def _plain(kind: str) -> str:
    return "number" if kind == "integer" else kind
