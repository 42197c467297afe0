"""Unions: arms of oneOf and anyOf, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wireproof.ir.inference.enums import merged
from wireproof.ir.inference.facts import Alternatives, Facts, shapes
from wireproof.ir.inference.forms import Choice, Enumeration, Form, Plain, Record, without_null
from wireproof.ir.schema import Discriminator, JsonType, SchemaId
from wireproof.ir.types import (
    AnyType,
    EnumMember,
    LiteralType,
    NamedType,
    NeverType,
    Scalar,
    ScalarType,
    Type,
    UnionArm,
)

if TYPE_CHECKING:
    from wireproof.ir.inference.table import TypeTable

_NULL = ScalarType(Scalar.NULL)
_STRING = ScalarType(Scalar.STRING)
_ONLY_NULL: frozenset[JsonType] = frozenset({"null"})
_ANY = Plain(AnyType())

_DEEPEST = 4
"""How often properties are joined with alternatives that have alternatives themselves."""

Arm = tuple[SchemaId, Type]
"""The schema that a discriminator may name, and the type of the arm."""

Within = frozenset[Type]
"""Types that are being looked into already."""


def choice(table: TypeTable, facts: Facts) -> Form | None:
    """The form of a schema with alternatives; None where they do not bear on its type."""
    alternatives = facts.alternatives[0]
    if facts.depth >= _DEEPEST:
        table.reader.report(
            "deep-alternatives",
            table.schemas[alternatives.owner].origin,
            "oneOf and anyOf are nested too deeply around properties; these are ignored in types",
            "give the alternatives names, and refer to them",
        )
        return None
    if facts.properties or len(facts.alternatives) > 1:
        return _distributed(table, facts, alternatives)
    arms = _arms(table, facts, alternatives)
    if arms is None:
        return _ANY
    return _chosen(table, facts, alternatives, arms) if arms else None


def _arms(table: TypeTable, facts: Facts, alternatives: Alternatives) -> list[Arm] | None:
    """Arms that carry a type, without null, never and repeats; None where any value will do."""
    arms: dict[Type, SchemaId] = {}
    for arm in alternatives.arms:
        type_ = without_null(table.use(arm))
        if isinstance(type_, NeverType) or type_ == _NULL:
            continue
        if isinstance(type_, AnyType):
            if facts.types is not None or only_constrains(table, arm):
                continue
            return None
        arms.setdefault(type_, arm)
    return [(arm, type_) for type_, arm in arms.items()]


def only_constrains(table: TypeTable, arm: SchemaId) -> bool:
    """Whether an untyped schema still says something: `{"not": ...}`, `{"minProperties": 1}`."""
    schema = table.schemas[arm]
    return shapes(schema) or bool(
        schema.not_
        or schema.if_
        or schema.min_properties is not None
        or schema.max_properties is not None
        or schema.all_of
    )


def _chosen(
    table: TypeTable, facts: Facts, alternatives: Alternatives, arms: list[Arm]
) -> Form | None:
    if len(arms) == 1:
        arm, type_ = arms[0]
        if arm.startswith(f"{facts.id}/"):  # inline: the schema is what its only arm is
            return table.examine(facts.joined(facts.id, table.schemas, arm))
        return Plain(type_)
    enumeration = _one_enum(table, arms)
    return enumeration or _tagged(table, alternatives, arms, is_open=facts.extensible)


def _one_enum(table: TypeTable, arms: list[Arm]) -> Enumeration | None:
    """`anyOf: [{type: string}, {enum: [...]}]` is an open enum, a oneOf of consts a closed one."""
    is_open = any(type_ == _STRING for _, type_ in arms)
    found = []
    for arm, type_ in arms:
        if isinstance(type_, LiteralType):
            schema = table.schemas[arm]
            member = EnumMember(type_.value, schema.title, schema.description)
            found.append(Enumeration((member,), open=False))
        elif isinstance(type_, NamedType) and is_open:
            form = table.peek(type_.id)
            if not isinstance(form, Enumeration):
                return None
            found.append(form)
        elif type_ != _STRING:
            return None
    if is_open and not all(isinstance(m.value, str) for one in found for m in one.members):
        return None
    return merged(found, is_open=is_open)


def _distributed(table: TypeTable, facts: Facts, alternatives: Alternatives) -> Form | None:
    """Properties beside alternatives: every arm is joined with them."""
    if not any(_adds(table, facts, arm) for arm in alternatives.arms):
        return None
    arms: list[Arm] = []
    for index, arm in enumerate(alternatives.arms):
        own = table.facts(arm)
        if own.never or own.types == _ONLY_NULL or own.enum == (None,):
            continue
        joined_id = SchemaId(f"{facts.id}/{alternatives.keyword}/{index}")
        joined = facts.joined(joined_id, table.schemas, arm)
        arms.append((arm, table.synthesise(joined)))
    if len(arms) == 1:
        arm = arms[0][0]
        return table.examine(facts.joined(facts.id, table.schemas, arm))
    return _tagged(table, alternatives, arms, is_open=facts.extensible) if arms else None


def _adds(table: TypeTable, facts: Facts, arm: SchemaId) -> bool:
    """Whether an arm, or an arm of its own, brings properties that the schema does not have."""
    seen: set[SchemaId] = set()
    pending = [arm]
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            own = table.facts(one)
            if own.properties.keys() - facts.properties.keys():
                return True
            for alternatives in own.alternatives:
                pending.extend(alternatives.arms)
    return False


def _tagged(
    table: TypeTable, alternatives: Alternatives, arms: list[Arm], *, is_open: bool
) -> Form:
    discriminator = alternatives.discriminator
    if discriminator is not None:
        tagged = _by_discriminator(table, discriminator, arms)
        if tagged is not None:
            return Choice(tagged, discriminator.property_name, is_open)
    else:
        for name in _candidates(table, arms[0][1]):
            tagged = _by_constants(table, name, arms)
            if tagged is not None:
                return Choice(tagged, name, is_open)
    return Choice(tuple(UnionArm(type_) for _, type_ in arms), None, is_open)


def _by_discriminator(
    table: TypeTable, discriminator: Discriminator, arms: list[Arm]
) -> tuple[UnionArm, ...] | None:
    """Arms with their tags: the mapping's, else the arm's own constant, else its name."""
    mapped: dict[SchemaId, list[str]] = {}
    for tag, target in discriminator.mapping.items():
        mapped.setdefault(target, []).append(tag)
    found = []
    for arm, type_ in arms:
        tags = (
            tuple(mapped.get(arm, ()))
            or constants(table, type_, discriminator.property_name)
            or _component_name(arm)
        )
        if not _is_object(table, type_):
            return None
        found.append(UnionArm(type_, tags, default=arm == discriminator.default))
    return _distinct(found)


def _by_constants(table: TypeTable, name: str, arms: list[Arm]) -> tuple[UnionArm, ...] | None:
    return _distinct([UnionArm(type_, constants(table, type_, name)) for _, type_ in arms])


def _distinct(arms: list[UnionArm]) -> tuple[UnionArm, ...] | None:
    """The arms where every one has tags and no two share one; else None."""
    tags = [tag for arm in arms for tag in arm.tags]
    if all(arm.tags for arm in arms) and len(tags) == len(set(tags)):
        return tuple(arms)
    return None


def _component_name(arm: SchemaId) -> tuple[str, ...]:
    prefix, _, name = arm.rpartition("/")
    return (name,) if prefix == "#/components/schemas" else ()


def _is_object(table: TypeTable, type_: Type, within: Within = frozenset()) -> bool:
    if type_ in within:
        return False
    form = table.peek(type_.id) if isinstance(type_, NamedType) else None
    within = within | {type_}
    match form:
        case Record():
            return True
        case Choice(arms=arms):
            return all(_is_object(table, arm.type, within) for arm in arms)
        case Plain(type=target):
            return _is_object(table, target, within)
        case _:
            return False


def _candidates(table: TypeTable, type_: Type) -> Iterator[str]:
    """Required properties of an arm's record, in order."""
    seen: set[Type] = set()
    form: Form | None = Plain(type_)
    while isinstance(form, Plain) and isinstance(form.type, NamedType) and form.type not in seen:
        seen.add(form.type)
        form = table.peek(form.type.id)
    if isinstance(form, Record):
        yield from (name for name in form.facts.properties if name in form.facts.required)
    elif isinstance(form, Choice) and form.arms:
        yield from () if form.tag is None else (form.tag,)


def constants(
    table: TypeTable, type_: Type, name: str, within: Within = frozenset()
) -> tuple[str, ...]:
    """The texts that a property of an object may have; empty where it is not bound."""
    if type_ in within:
        return ()
    form = table.peek(type_.id) if isinstance(type_, NamedType) else None
    within = within | {type_}
    match form:
        case Plain(type=target):
            return constants(table, target, name, within)
        case Choice(arms=arms):
            nested = [constants(table, arm.type, name, within) for arm in arms]
            return tuple(tag for tags in nested for tag in tags) if all(nested) else ()
        case Record(facts=facts):
            return _bound(table, facts, name)
        case _:
            return ()


def _bound(table: TypeTable, facts: Facts, name: str) -> tuple[str, ...]:
    for schema_id in reversed(facts.properties.get(name, ())):
        type_ = table.use(schema_id)
        if isinstance(type_, LiteralType):
            return (type_.value,) if isinstance(type_.value, str) else ()
        form = table.peek(type_.id) if isinstance(type_, NamedType) else None
        if isinstance(form, Enumeration) and not form.open:
            values = tuple(member.value for member in form.members)
            return values if all(isinstance(value, str) for value in values) else ()
    return ()
