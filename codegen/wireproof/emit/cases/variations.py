"""What may change under a client's feet: answers and calls with one thing altered.

Of every kind the first place in the contract that shows it; the rest of its kind goes the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from wireproof.emit.cases.model import (
    Answer,
    ArgumentVariation,
    BodyKind,
    Case,
    Given,
    Kind,
    Pointer,
    Variation,
    Verdict,
)
from wireproof.emit.cases.request import bare, sent
from wireproof.emit.cases.text import dumps
from wireproof.ir.contract import Contract
from wireproof.ir.signature import Place
from wireproof.ir.types import (
    AnyType,
    EnumDecl,
    ListType,
    MapType,
    ModelDecl,
    NullableType,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    TypeView,
    UnionArm,
    UnionDecl,
)
from wireproof.source.node import Json

UNKNOWN = "wireproof-unknown"
"""Stands for a name or value that no contract has."""

EXACT = (
    "1.50",
    "-0.00000010",
    "79228162514264337593543950336.000000000000000001",
)
"""Decimals that floating point cannot hold, or that careless writers give an exponent."""

LARGE = (2**53 + 1, -(2**63))
"""Integers of 64 bits that no double holds, or that is the farthest."""

INEXACT: tuple[Json, ...] = ("1,5", "NaN", "one", 1.5)
"""What no exact decimal in a JSON string looks like."""

_DEEPEST = 12
_Found = tuple[Kind, Verdict, Pointer, Json]
_Place = tuple[Pointer, "Type | TypeDecl", Json]
_GONE = object()


def answers(contract: Contract, found: Iterable[Case]) -> tuple[Variation, ...]:
    """Answers with something unknown, exact, null or absent in them.

    Args:
        contract: The contract.
        found: Cases of one call each; those that answer with JSON are looked at.
    """
    made: dict[tuple[Kind, Verdict], list[Variation]] = {}
    for case in found:
        answer = case.answer
        media = next((r.media for r in case.signature.results), None)
        if answer.kind is not BodyKind.JSON or media is None:
            continue
        grouped: dict[tuple[Kind, Verdict], list[Variation]] = {}
        for place in _places(contract.types, media.type, answer.value, ()):
            for kind, verdict, pointer, value in _changes(place):
                if (kind, verdict) not in made and _is_first(grouped, kind, verdict, pointer):
                    changed = _answer(answer, pointer, value)
                    variation = Variation(
                        kind,
                        verdict,
                        case.signature,
                        pointer,
                        None if value is _GONE else value,
                        changed,
                    )
                    grouped.setdefault((kind, verdict), []).append(variation)
        made.update(grouped)
    return tuple(variation for group in made.values() for variation in group)


def _is_first(
    grouped: dict[tuple[Kind, Verdict], list[Variation]],
    kind: Kind,
    verdict: Verdict,
    pointer: Pointer,
) -> bool:
    """Whether a change is at the place that its kind was first met at."""
    known = grouped.get((kind, verdict))
    return known is None or known[0].pointer == pointer


def _changes(place: _Place) -> Iterator[_Found]:
    """Everything that can be changed at one place."""
    pointer, use, value = place
    match use:
        case EnumDecl(members=members) if all(isinstance(m.value, str) for m in members):
            yield Kind.UNKNOWN_VALUE, Verdict.KEPT, pointer, UNKNOWN
        case UnionDecl(tag=str() as tag) if not any(arm.default for arm in use.arms):
            changed = {**value, tag: UNKNOWN}
            yield Kind.UNKNOWN_TAG, Verdict.UNKNOWN, pointer, changed
        case ScalarType(scalar=Scalar.DECIMAL):
            for text in EXACT:
                yield Kind.DECIMAL, Verdict.KEPT, pointer, text
            for text in INEXACT:
                yield Kind.DECIMAL, Verdict.REFUSED, pointer, text
        case ScalarType(scalar=Scalar.INT64):
            for number in LARGE:
                yield Kind.INT64, Verdict.KEPT, pointer, number
        case ModelDecl():
            yield from _member_changes(pointer, use, value)


def _member_changes(pointer: Pointer, model: ModelDecl, value: Json) -> Iterator[_Found]:
    if model.additional is None or isinstance(model.additional, AnyType):
        yield Kind.UNKNOWN_MEMBER, Verdict.KEPT, (*pointer, UNKNOWN), {"inner": [1, None, "text"]}
    for one in model.properties:
        if one.required or one.write_only or isinstance(one.type, AnyType):
            continue
        verdict = Verdict.KEPT if isinstance(one.type, NullableType) else Verdict.REFUSED
        if isinstance(one.type, NullableType | ScalarType) and one.type != _NULL:
            yield Kind.NULL, verdict, (*pointer, one.name), None
        if one.name in value:
            yield Kind.ABSENT, Verdict.KEPT, (*pointer, one.name), _GONE


_NULL = ScalarType(Scalar.NULL)


def _places(
    types: TypeView, type_: Type, value: Json, pointer: Pointer, tag: str | None = None
) -> Iterator[_Place]:
    """Places of a value with what the contract says of them, outer ones first.

    Not the member `tag`, which decides what the value is; and nothing inside an arm of a union
    without a tag: which arm a changed value is of is open.
    """
    use = bare(types, type_)
    if len(pointer) > _DEEPEST or value is None:
        return
    if _is_place(use, value):
        yield pointer, use, value
    if isinstance(use, UnionDecl) and use.tag is not None and isinstance(value, dict):
        arm = arm_of(use, value)
        if arm is not None:
            yield from _places(types, arm.type, value, pointer, use.tag)
    for inner, key in _inside(use, value):
        if key != tag:
            yield from _places(types, inner, value[key], (*pointer, key))


def arm_of(union: UnionDecl, value: Mapping[str, Json]) -> UnionArm | None:
    """The arm that a value's tag chooses, or the one for all other tags."""
    tag = value.get(union.tag or "")
    default = next((arm for arm in union.arms if arm.default), None)
    return next((arm for arm in union.arms if tag in arm.tags), default)


def _is_place(use: Type | TypeDecl, value: Json) -> bool:
    match use:
        case ModelDecl():
            return isinstance(value, dict)
        case UnionDecl(tag=tag):
            return isinstance(value, dict) and tag is not None
        case EnumDecl():
            return isinstance(value, str)
        case _:
            return isinstance(use, ScalarType)


def _inside(use: Type | TypeDecl, value: Json) -> Iterator[tuple[Type, str | int]]:
    """What a value is made of: types and the keys that they stand under."""
    match use:
        case ModelDecl(properties=properties) if isinstance(value, dict):
            for one in properties:
                if one.name in value and not one.write_only:
                    yield one.type, one.name
        case ListType(item=item) if isinstance(value, list) and value:
            yield item, 0
        case MapType(value=inner) if isinstance(value, dict) and value:
            yield inner, next(iter(value))


def _answer(answer: Answer, pointer: Pointer, value: object) -> Answer:
    body = _with(answer.value, pointer, value)
    return replace(answer, value=body, content=dumps(body).encode("utf-8", "replace"))


def _with(body: Json, pointer: Pointer, value: object) -> Json:
    """A copy of a body with another value at the pointer, or none."""
    if not pointer:
        return value
    key, *rest = pointer
    if isinstance(body, list):
        return [
            _with(item, tuple(rest), value) if index == key else item
            for index, item in enumerate(body)
        ]
    if not rest and value is _GONE:
        return {name: member for name, member in body.items() if name != key}
    return {**body, key: _with(body.get(key), tuple(rest), value)}


def arguments(contract: Contract, found: Iterable[Case]) -> tuple[ArgumentVariation, ...]:
    """Calls with an argument that is null, left out, or an exact decimal."""
    made: dict[Kind, list[ArgumentVariation]] = {}
    for case in found:
        for kind, changed in _argument_changes(contract.types, case):
            known = made.setdefault(kind, [])
            if not known or (known[0].argument == changed.argument and len(known) < len(EXACT)):
                known.append(changed)
    return tuple(variation for group in made.values() for variation in group)


def _argument_changes(types: TypeView, case: Case) -> Iterator[tuple[Kind, ArgumentVariation]]:
    if case.sent.kind is not BodyKind.JSON:
        return
    for one in case.given:
        argument = one.argument
        if argument.place is not Place.FIELD:
            continue
        rest = tuple(each for each in case.given if each is not one)
        if isinstance(argument.type, NullableType) and not argument.required:
            given = (*rest, Given(argument, None))
            yield Kind.NULL, _call(types, Kind.NULL, case, one, given)
            yield Kind.ABSENT, _call(types, Kind.ABSENT, case, one, rest)
        if bare(types, argument.type) == ScalarType(Scalar.DECIMAL):
            for text in EXACT:
                given = (*rest, Given(argument, text))
                yield Kind.DECIMAL, _call(types, Kind.DECIMAL, case, one, given)
        if bare(types, argument.type) == ScalarType(Scalar.INT64):
            for number in LARGE:
                given = (*rest, Given(argument, number))
                yield Kind.INT64, _call(types, Kind.INT64, case, one, given)


def _call(
    types: TypeView, kind: Kind, case: Case, one: Given, given: tuple[Given, ...]
) -> ArgumentVariation:
    request = sent(types, case.signature, given)
    return ArgumentVariation(kind, case.signature, one.argument, given, request)
