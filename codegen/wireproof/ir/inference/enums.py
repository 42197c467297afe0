"""Enums: values, their names, and whether more of them must be expected."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from wireproof.ir.inference.facts import Facts
from wireproof.ir.inference.forms import Enumeration, Form, Plain
from wireproof.ir.schema import JsonType, Schema
from wireproof.ir.types import EnumMember, LiteralType, Scalar, ScalarType
from wireproof.source.node import Json

_NAME_KEYWORDS = ("x-enum-varnames", "x-enumNames", "x-enum-names")
_TEXT_KEYWORDS = ("x-enum-descriptions", "x-enumDescriptions")

_JSON_TYPES: dict[type, JsonType] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    str: "string",
    list: "array",
    dict: "object",
}


def enumeration(facts: Facts, *, declared: bool) -> Form | None:
    """The form of a schema with `enum`; None where its values make no scalar type.

    A single value of an inline schema is a literal; a component stays an enum, because that is
    where values will be added.
    """
    if facts.enum is None:
        return None
    stated = [value for value in facts.enum if value is not None]
    if not stated:
        return Plain(ScalarType(Scalar.NULL)) if facts.enum else None
    if any(isinstance(value, dict | list) for value in stated):
        return None
    values = _conform(stated, facts.types)
    if {json_type(value) for value in values} == {"boolean"} and len(set(values)) > 1:
        return Plain(ScalarType(Scalar.BOOLEAN))
    if len(values) == 1 and not facts.extensible and not declared:
        return Plain(LiteralType(values[0]))
    return Enumeration(_members(values, facts), facts.extensible)


def json_type(value: Json) -> JsonType:
    """The JSON type of a scalar value."""
    return _JSON_TYPES.get(type(value), "number")


def merged(enumerations: Iterable[Enumeration], *, is_open: bool) -> Enumeration:
    """One enum out of several, in order, without repeats."""
    members: dict[tuple[str, Json], EnumMember] = {}
    for one in enumerations:
        is_open = is_open or one.open
        for member in one.members:
            members.setdefault((json_type(member.value), member.value), member)
    return Enumeration(tuple(members.values()), is_open)


def _members(values: list[Json], facts: Facts) -> tuple[EnumMember, ...]:
    schema = facts.enum_schema
    stated = () if schema is None or schema.enum is None else schema.enum
    names = _annotations(schema, _NAME_KEYWORDS, stated)
    texts = _annotations(schema, _TEXT_KEYWORDS, stated)
    found: dict[tuple[str, Json], EnumMember] = {}
    for value in values:
        key = str(value)
        member = EnumMember(value, names.get(key, ""), texts.get(key, ""))
        found.setdefault((json_type(value), value), member)
    return tuple(found.values())


def _annotations(
    schema: Schema | None, keywords: tuple[str, ...], values: tuple[Json, ...]
) -> dict[str, str]:
    """Texts for values: a sequence parallel to `enum`, or a mapping by value."""
    for keyword in keywords:
        raw = None if schema is None else schema.extensions.get(keyword)
        if isinstance(raw, list) and len(raw) == len(values):
            pairs: Iterable[tuple[Json, Json]] = zip(values, raw, strict=True)
        elif isinstance(raw, dict):
            pairs = raw.items()
        else:
            continue
        return {str(key): text for key, text in pairs if isinstance(text, str)}
    return {}


def _conform(values: list[Json], types: frozenset[JsonType] | None) -> list[Json]:
    """Exact numbers; and what the stated type makes of values that are written otherwise.

    `type: string` over `enum: [1, 2]` is a slip of the pen: the wire has "1" and "2".
    """
    exact = [Decimal(repr(value)) if isinstance(value, float) else value for value in values]
    kinds = (types or frozenset()) - {"null"}
    if kinds == {"string"}:
        return [value if isinstance(value, str) else _spelled(value) for value in exact]
    if kinds and kinds <= {"integer", "number"}:
        return [_as_integer(value) if isinstance(value, str) else value for value in exact]
    return exact


def _spelled(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_integer(value: str) -> Json:
    return int(value) if value.removeprefix("-").isdecimal() else value
