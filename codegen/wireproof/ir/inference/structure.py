"""Types by structure: scalars, lists, maps, models, and several JSON types at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.ir.inference.facts import Facts
from wireproof.ir.inference.forms import Choice, Form, Plain, Record
from wireproof.ir.inference.scalars import implied_kinds, scalar
from wireproof.ir.schema import JsonType, SchemaId
from wireproof.ir.types import (
    AnyType,
    ListType,
    MapType,
    NeverType,
    Scalar,
    ScalarType,
    Type,
    UnionArm,
)

if TYPE_CHECKING:
    from wireproof.ir.inference.table import TypeTable

_ORDER: tuple[JsonType, ...] = ("string", "integer", "number", "boolean", "array", "object")
_ANYTHING = frozenset({"string", "number", "boolean", "array", "object"})


def structure(table: TypeTable, facts: Facts) -> Form:
    """The form of facts without enum and alternatives."""
    if facts.never:
        return Plain(NeverType())
    kinds = _kinds(facts)
    if not kinds:
        null_only = facts.types is not None and "null" in facts.types
        return Plain(ScalarType(Scalar.NULL) if null_only else AnyType())
    if len(kinds) == 1:
        return _single(table, facts, kinds[0])
    if frozenset(kinds) >= _ANYTHING:
        return Plain(AnyType())
    return _several(table, facts, kinds)


def _kinds(facts: Facts) -> tuple[JsonType, ...]:
    if facts.types is None:
        return implied_kinds(facts)
    return tuple(kind for kind in _ORDER if kind in facts.types)


def _single(table: TypeTable, facts: Facts, kind: JsonType) -> Form:
    match kind:
        case "array":
            return Plain(ListType(_item(table, facts)))
        case "object":
            return _object(table, facts)
        case _:
            return Plain(ScalarType(scalar(kind, facts)))


def _several(table: TypeTable, facts: Facts, kinds: tuple[JsonType, ...]) -> Form:
    """A `type` list: a union; a record among its arms is declared under `.../type/object`."""
    arms = []
    for kind in kinds:
        form = _single(table, replace(facts, types=frozenset({kind})), kind)
        if isinstance(form, Plain):
            arms.append(UnionArm(form.type))
        else:
            own_id = SchemaId(f"{facts.id}/type/{kind}")
            own = replace(facts, id=own_id, types=frozenset({kind}), null=False)
            arms.append(UnionArm(table.synthesise(own)))
    return Choice(tuple(arms))


def _item(table: TypeTable, facts: Facts) -> Type:
    """The item type; a tuple is a list of whatever stands in it."""
    rest = [] if facts.items is None else [table.use(facts.items)]
    types = [table.use(schema_id) for schema_id in facts.prefix_items]
    if not types:
        return rest[0] if rest else AnyType()
    types.extend(type_ for type_ in rest if not isinstance(type_, NeverType))
    distinct = tuple(dict.fromkeys(types))
    if len(distinct) == 1:
        return distinct[0]
    if any(isinstance(type_, AnyType) for type_ in distinct):
        return AnyType()
    return table.declare_union(SchemaId(f"{facts.id}/prefixItems"), distinct)


def _object(table: TypeTable, facts: Facts) -> Form:
    if facts.properties or facts.required:
        return Record(facts)
    value = _map_value(table, facts)
    if isinstance(value, NeverType) and table.is_component(facts.id):
        return Record(facts)
    return Plain(MapType(value))


def _map_value(table: TypeTable, facts: Facts) -> Type:
    """What the values of a dictionary are; `Never` where no member is allowed."""
    rest = AnyType() if facts.additional is None else table.use(facts.additional)
    if not facts.patterns:
        return rest
    types = dict.fromkeys(table.use(schema_id) for schema_id in facts.patterns)
    if facts.additional is not None and not isinstance(rest, NeverType):
        types.setdefault(rest)
    return next(iter(types)) if len(types) == 1 else AnyType()
