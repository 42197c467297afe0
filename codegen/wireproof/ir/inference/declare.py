"""Declarations out of forms: the members that only an emitter needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from wireproof.ir.inference.facts import Facts
from wireproof.ir.inference.forms import Choice, Enumeration, Form, Plain, Record
from wireproof.ir.inference.meet import meet
from wireproof.ir.schema import Schema, SchemaId
from wireproof.ir.types import (
    AliasDecl,
    AnyType,
    EnumDecl,
    ModelDecl,
    NamedType,
    NeverType,
    Property,
    Type,
    TypeDecl,
    UnionDecl,
)

if TYPE_CHECKING:
    from wireproof.ir.inference.table import TypeTable


def declare(table: TypeTable, type_id: SchemaId, form: Form) -> TypeDecl:
    """The declaration of a form under its id."""
    schema = documented(table, type_id)
    match form:
        case Record(facts=facts):
            return ModelDecl(
                id=type_id,
                properties=_properties(table, facts),
                additional=_additional(table, facts),
                description=schema.description,
                deprecated=schema.deprecated,
                examples=schema.examples,
                origin=schema.origin,
            )
        case Enumeration(members=members, open=is_open):
            return EnumDecl(
                id=type_id,
                members=members,
                open=is_open,
                description=schema.description,
                deprecated=schema.deprecated,
                origin=schema.origin,
            )
        case Choice(arms=arms, tag=tag, open=is_open):
            return UnionDecl(
                id=type_id,
                arms=arms,
                tag=tag,
                open=is_open,
                description=schema.description,
                deprecated=schema.deprecated,
                origin=schema.origin,
            )
        case Plain(type=target):
            return AliasDecl(
                id=type_id,
                target=_uncircled(table, type_id, target),
                description=schema.description,
                deprecated=schema.deprecated,
                origin=schema.origin,
            )
        case _:
            assert_never(form)


def _uncircled(table: TypeTable, type_id: SchemaId, target: Type) -> Type:
    """The target of an alias; any value (reported) where aliases name each other in a circle."""
    seen = {type_id}
    type_ = target
    while isinstance(type_, NamedType):
        if type_.id in seen:
            table.reader.report(
                "circular-ref",
                documented(table, type_id).origin,
                "the schema stands for itself and says nothing else; any value is assumed",
                "let one schema of the circle say something of its own",
            )
            return AnyType()
        seen.add(type_.id)
        form = table.peek(type_.id)
        if not isinstance(form, Plain):
            break
        type_ = form.type
    return target


def documented(table: TypeTable, type_id: SchemaId) -> Schema:
    """The schema that describes a declaration: its own, or the last of those it is made of."""
    own = table.schemas.get(type_id)
    if own is not None and own.ref is None:
        return own
    chain = tuple(table.facts(type_id).chain.values())
    return chain[-1]


def _properties(table: TypeTable, facts: Facts) -> tuple[Property, ...]:
    found = [
        _property(table, facts, name, conjuncts) for name, conjuncts in facts.properties.items()
    ]
    undeclared = [name for name in facts.required if name not in facts.properties]
    return (*found, *(_undeclared(table, facts, name) for name in undeclared))


def _undeclared(table: TypeTable, facts: Facts, name: str) -> Property:
    """A property that is required, but that no conjunct declares."""
    type_ = AnyType() if facts.additional is None else _rest(table, facts)
    return Property(name=name, type=type_, required=True, schema=table.anything(facts.id, name))


def _property(
    table: TypeTable, facts: Facts, name: str, conjuncts: tuple[SchemaId, ...]
) -> Property:
    schemas = [table.schemas[schema_id] for schema_id in conjuncts]
    stating = next((schema for schema in reversed(schemas) if schema.has_default), None)
    return Property(
        name=name,
        type=table.use(conjuncts[0]) if len(conjuncts) == 1 else meet(table, facts, name),
        required=name in facts.required,
        schema=conjuncts[-1],
        sdk_name=_sdk_name(table, schemas),
        read_only=any(schema.read_only for schema in schemas),
        write_only=any(schema.write_only for schema in schemas),
        deprecated=any(schema.deprecated for schema in schemas),
        default=None if stating is None else stating.default,
        has_default=stating is not None,
        description=next((said for s in reversed(schemas) if (said := _said(table, s))), ""),
        examples=next((s.examples for s in reversed(schemas) if s.examples), ()),
    )


def _said(table: TypeTable, schema: Schema) -> str:
    """The words about a property; where it may also be null, those of its one other arm."""
    arms = schema.any_of or schema.one_of
    if schema.description or not arms:
        return schema.description
    others = [arm for arm in arms if table.schemas[arm].types != frozenset(("null",))]
    inline = len(others) == 1 < len(arms) and others[0].startswith(schema.id)
    return table.schemas[others[0]].description if inline else ""


def _sdk_name(table: TypeTable, schemas: list[Schema]) -> str:
    """x-sdk-name of an inline property; on a component it names the type instead."""
    for schema in reversed(schemas):
        name = schema.extensions.get("x-sdk-name")
        if isinstance(name, str) and not table.is_component(schema.id):
            return name
    return ""


def _additional(table: TypeTable, facts: Facts) -> Type | None:
    """What undeclared members may be; None where there may be none."""
    if facts.additional is None:
        return AnyType()
    type_ = _rest(table, facts)
    return None if isinstance(type_, NeverType) else type_


def _rest(table: TypeTable, facts: Facts) -> Type:
    assert facts.additional is not None  # noqa: S101 - callers have looked
    return table.use(facts.additional)
