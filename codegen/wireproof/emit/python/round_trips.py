"""The SDK's own tests: one file of cases, and a few lines that run them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from wireproof.emit.cases.build import Cases
from wireproof.emit.cases.model import (
    Answer,
    ArgumentVariation,
    BodyKind,
    Case,
    Given,
    Kind,
    Part,
    Sent,
    Skipped,
    Variation,
)
from wireproof.emit.cases.request import bare
from wireproof.emit.cases.text import dumps
from wireproof.emit.cases.variations import answers, arguments, arm_of
from wireproof.emit.python.answers import stream_beside
from wireproof.emit.python.operations import is_carried
from wireproof.emit.python.resources import argument_names
from wireproof.emit.python.views import MethodView, ResourceView
from wireproof.ir.contract import Contract
from wireproof.ir.types import (
    EnumDecl,
    ListType,
    MapType,
    ModelDecl,
    Scalar,
    ScalarType,
    Type,
    TypeView,
    UnionDecl,
)
from wireproof.source.node import Json

FILES = ("support.py", "test_round_trips.py", "test_variations.py")
_CONVERTED = {Scalar.BINARY: "octets", Scalar.BYTES: "base64"}
_Pointer = tuple[str | int, ...]


def cases_json(contract: Contract, cases: Cases, resources: Iterable[ResourceView]) -> str:
    """The data of the tests, one line a case."""
    calls: dict[str, dict[str, Json]] = {}
    skipped: dict[str, Json] = {}
    found: dict[str, Case] = {}
    for resource in resources:
        for method in resource.methods:
            name = f"{resource.name}.{method.name}"
            case = _case(cases, method)
            if isinstance(case, Skipped):
                skipped[name] = case.reason
                continue
            calls[name] = _row(contract, case, method)
            if method.verb != "call_stream":
                found.setdefault(method.operation.id, case)
    names = {case.signature.operation.id: name for name, case in _named(calls, found, resources)}
    changed = answers(contract, found.values())
    given = arguments(contract, found.values())
    shown = {one.kind for one in changed} | {one.kind for one in given}
    return _render(
        {
            "cases": calls,
            "skipped": skipped,
            "answers": [_answer_row(contract.types, one, names) for one in changed],
            "arguments": [_argument_row(contract.types, one, names) for one in given],
            "without": [kind.value for kind in Kind if kind not in shown],
        }
    )


def _named(
    calls: Mapping[str, Json], found: Mapping[str, Case], resources: Iterable[ResourceView]
) -> Iterator[tuple[str, Case]]:
    for resource in resources:
        for method in resource.methods:
            name, case = f"{resource.name}.{method.name}", found.get(method.operation.id)
            if case is not None and name in calls and method.verb != "call_stream":
                yield name, case


def _case(cases: Cases, method: MethodView) -> Case | Skipped:
    beside = stream_beside(method.operation) if method.verb == "call_stream" else None
    return cases.of(method.signature, beside)


def _row(contract: Contract, case: Case, method: MethodView) -> dict[str, Json]:
    carried = [
        [use for use in one if is_carried(contract, use.scheme)]
        for one in method.operation.security
    ]
    secured = bool(carried) and all(carried)
    return {
        "verb": method.verb,
        **_given_rows(contract.types, case, case.given),
        "request": _request_row(case.sent),
        "answer": _answer(case.answer, binary=method.verb == "call_binary"),
        **({"secured": True} if secured else {}),
    }


def _given_rows(types: TypeView, case: Case, given: tuple[Given, ...]) -> dict[str, Json]:
    names = argument_names(case.signature)
    converted: dict[str, list[Json]] = {}
    values: dict[str, Json] = {}
    for one in given:
        name = names[one.argument.name]
        values[name] = _python(types, one.argument.type, one.value, (name,), converted)
    return {"arguments": values, **converted} if values else {}


def _python(  # noqa: PLR0911 - one return a kind of type
    types: TypeView,
    type_: Type,
    value: Json,
    pointer: _Pointer,
    converted: dict[str, list[Json]],
) -> Json:
    """A value as JSON data of the file; what Python wants as bytes is noted in `converted`."""
    use = bare(types, type_)
    match use:
        case ScalarType(scalar=scalar) if scalar in _CONVERTED and isinstance(value, str):
            converted.setdefault(_CONVERTED[scalar], []).append(list(pointer))
            return value
        case ScalarType(scalar=Scalar.DECIMAL_NUMBER) if not isinstance(value, str | None):
            return format(Decimal(str(value)), "f")
        case ListType(item=item) if isinstance(value, list):
            return [
                _python(types, item, each, (*pointer, index), converted)
                for index, each in enumerate(value)
            ]
        case MapType(value=inner) if isinstance(value, dict):
            return {k: _python(types, inner, v, (*pointer, k), converted) for k, v in value.items()}
        case ModelDecl() if isinstance(value, dict):
            members = {one.name: one.type for one in use.properties}
            return {
                k: _python(types, members[k], v, (*pointer, k), converted) if k in members else v
                for k, v in value.items()
            }
        case UnionDecl(tag=str()) if isinstance(value, dict):
            arm = arm_of(use, value)
            return value if arm is None else _python(types, arm.type, value, pointer, converted)
        case _:
            return value


def _request_row(request: Sent) -> dict[str, Json]:
    optional: dict[str, Json] = {
        "raw_query": request.raw_query,
        "query": [list(pair) for pair in request.query],
        "headers": dict(request.headers),
        "cookies": [list(pair) for pair in request.cookies],
        "media": request.media_type,
    }
    row: dict[str, Json] = {"method": request.method, "path": request.path}
    row.update({name: value for name, value in optional.items() if value})
    if request.kind is not BodyKind.NONE:
        row["kind"] = request.kind.value
        row["body"] = _body(request)
    return row


def _body(request: Sent) -> Json:
    if request.kind is BodyKind.FORM:
        return [[*pair] for pair in request.body or () if isinstance(pair, tuple)]
    if request.kind is BodyKind.PARTS:
        return [_part(one) for one in request.body or () if isinstance(one, Part)]
    return request.body


def _part(part: Part) -> dict[str, Json]:
    row: dict[str, Json] = {"name": part.name, "value": part.value}
    if part.media_type:
        row["media"] = part.media_type
    if part.file:
        row["file"] = True
    return row


def _answer(answer: Answer, *, binary: bool) -> dict[str, Json]:
    row: dict[str, Json] = {"status": answer.status}
    if answer.kind is not BodyKind.NONE:
        row["media"] = answer.media_type
        kind, value = answer.kind, answer.value
        if binary and kind is BodyKind.JSON:
            kind, value = BodyKind.TEXT, answer.content.decode()
        row["kind"], row["value"] = kind.value, value
    return row


def _answer_row(types: TypeView, variation: Variation, names: Mapping[str, str]) -> dict[str, Json]:
    row: dict[str, Json] = {
        "kind": variation.kind.value,
        "verdict": variation.verdict.value,
        "call": names[variation.signature.operation.id],
        "pointer": list(variation.pointer),
        "answer": variation.answer.value,
    }
    if _is_open(types, variation):
        row["open"] = True
    return row


def _is_open(types: TypeView, variation: Variation) -> bool:
    """Whether the contract itself says that there may be values or arms that it does not name."""
    media = variation.signature.results[0].media
    use: object = None if media is None else bare(types, media.type)
    for key in variation.pointer:
        match use:
            case ListType(item=item):
                use = bare(types, item)
            case MapType(value=value):
                use = bare(types, value)
            case ModelDecl(properties=properties):
                one = next((p for p in properties if p.name == key), None)
                use = None if one is None else bare(types, one.type)
            case _:
                return True
    return isinstance(use, EnumDecl | UnionDecl) and use.open


def _argument_row(
    types: TypeView, variation: ArgumentVariation, names: Mapping[str, str]
) -> dict[str, Json]:
    case = Case(variation.signature, variation.given, variation.sent, Answer(status=200))
    return {
        "kind": variation.kind.value,
        "call": names[variation.signature.operation.id],
        **_given_rows(types, case, variation.given),
        "request": _request_row(variation.sent),
    }


def _render(data: Mapping[str, Json]) -> str:
    """JSON with a line for every case, so that a change of the contract is a change of its line."""
    sections = []
    for name, rows in data.items():
        if isinstance(rows, dict):
            lines = [f"{dumps(key)}: {dumps(row)}" for key, row in rows.items()]
            shape = ("{", "}")
        else:
            lines, shape = [dumps(row) for row in rows], ("[", "]")
        inner = ",\n".join(lines)
        sections.append(f"{dumps(name)}: {shape[0]}\n{inner}\n{shape[1]}")
    return "{\n" + ",\n".join(sections) + "\n}\n"
