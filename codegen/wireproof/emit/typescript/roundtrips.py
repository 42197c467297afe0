"""The package's own tests as data: what `tests/cases.json` holds.

A call's arguments are JSON, with `{"$bigint": "..."}` and `{"$blob": "..."}` for what JSON cannot
say. Bodies are texts, so that no digit of them is lost on the way.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wireproof.emit.cases.build import Cases
from wireproof.emit.cases.model import Answer, BodyKind, Case, Given, Part, Sent, Skipped, Verdict
from wireproof.emit.cases.text import dumps, spelled
from wireproof.emit.cases.variations import answers, arguments
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.results import (
    Kind,
    exactness,
    kind_of,
    sent_as_is,
    split_streams,
)
from wireproof.emit.typescript.security import Scheme
from wireproof.emit.typescript.servers import server_of
from wireproof.emit.typescript.spelling import Spelling
from wireproof.ir.contract import MediaType
from wireproof.ir.signature import Place
from wireproof.ir.types import (
    ListType,
    MapType,
    ModelDecl,
    NullableType,
    Scalar,
    ScalarType,
    Type,
)
from wireproof.source.node import Json

_SAFE = 2**53


@dataclass(slots=True)
class RoundTrips:
    """Writes the cases of one package.

    Attributes:
        operations: Those that are generated.
        checked: Ids of those whose results can be checked.
        base: URL of the contract's first server.
    """

    spelling: Spelling
    cases: Cases
    operations: list[Named]
    checked: frozenset[str]
    base: str

    def document(self, credentials: Iterable[Scheme]) -> str:
        """The text of `cases.json`."""
        made: list[Json] = []
        skipped: list[Json] = []
        whole: dict[str, tuple[int, Named, Case]] = {}
        for name, operation, media in self._calls():
            case = self.cases.of(operation.signature, media)
            if reason := _reason(case):
                skipped.append({"name": name, "reason": reason})
            if reason or not isinstance(case, Case):
                continue
            if media is None:
                whole[operation.operation.id] = (len(made), operation, case)
            made.append(self._case(name, operation, case))
        declared = self.spelling.contract.security_schemes.values()
        return _lines(
            {
                "credentials": [list(each.trial) for each in credentials if each.trial],
                "secrets": [each.api_key_name for each in declared if each.api_key_in == "query"],
                "cases": made,
                "skipped": skipped,
                "answers": list(self._answers(whole)),
                "arguments": list(self._arguments(whole)),
            }
        )

    def _calls(self) -> Iterator[tuple[str, Named, MediaType | None]]:
        """Functions by name; the media type is given where it is not what a call asks for."""
        for operation in self.operations:
            whole, live = split_streams(operation.signature)
            if whole or not live:
                yield operation.function, operation, None
            if live:
                stream = operation.function + ("Stream" if whole else "")
                yield stream, operation, live[0].media

    def _case(self, name: str, operation: Named, case: Case) -> Json:
        media = [result.media for result in operation.signature.results if result.media is not None]
        sent = self._sent(operation, case.sent)
        offline = "its server is another one" if "server" in sent else ""
        if operation.bodied_read and case.sent.kind is not BodyKind.NONE:
            offline = f"fetch sends no body with {case.sent.method}"
        return {
            "name": name,
            "module": operation.module,
            "function": name,
            "given": self._given(operation, case.given),
            "sent": sent,
            "answer": _answer(case.answer),
            "exact": exactness(self.spelling, media),
            "offline": offline or False,
        }

    def _answers(self, whole: dict[str, tuple[int, Named, Case]]) -> Iterator[Json]:
        cases = [case for _, _, case in whole.values()]
        for each in answers(self.spelling.contract, cases):
            index, operation, _ = whole[each.signature.operation.id]
            refused = each.verdict is Verdict.REFUSED
            if refused and operation.operation.id not in self.checked:
                continue
            where = "".join(f"/{part}" for part in each.pointer) or "the body"
            yield {
                "name": f"{operation.function}: {each.kind.value} at {where}",
                "refused": refused,
                "case": index,
                "answer": _answer(each.answer),
            }

    def _arguments(self, whole: dict[str, tuple[int, Named, Case]]) -> Iterator[Json]:
        cases = [case for _, _, case in whole.values()]
        for each in arguments(self.spelling.contract, cases):
            index, operation, _ = whole[each.signature.operation.id]
            yield {
                "name": f"{operation.function}: {each.kind.value}, argument {each.argument.name}",
                "case": index,
                "given": self._given(operation, each.given),
                "sent": self._sent(operation, each.sent),
            }

    def _given(self, operation: Named, given: Iterable[Given]) -> dict[str, Json]:
        # The package may have another name for an argument than the contract.
        names = {_origin(one): one.name for one in operation.signature.arguments}
        return {names[_origin(one.argument)]: self._argument(operation, one) for one in given}

    def _argument(self, operation: Named, given: Given) -> Json:
        body, place = operation.signature.body, given.argument.place
        if body is None or place not in (Place.BODY, Place.FIELD):
            return self._value(given.argument.type, given.value)
        if place is Place.BODY and sent_as_is(body):
            return spelled(given.value)
        files = kind_of(body) is Kind.MULTIPART
        return self._value(given.argument.type, given.value, files=files)

    def _value(  # noqa: PLR0911 - one return a kind of type
        self, type_: Type, value: Json, *, files: bool = False
    ) -> Json:
        kind = self.spelling.resolve(type_)
        match kind:
            case NullableType(inner) if value is not None:
                return self._value(inner, value, files=files)
            case ScalarType(Scalar.BINARY) if files and isinstance(value, str):
                return {"$blob": value}
            case ScalarType(Scalar.DECIMAL_NUMBER) if isinstance(value, Decimal):
                return value if Decimal(repr(float(value))) == value else format(value, "f")
            case ListType(item) if isinstance(value, list):
                return [self._value(item, each, files=files) for each in value]
            case MapType(item) if isinstance(value, dict):
                return {name: self._value(item, each, files=files) for name, each in value.items()}
            case ModelDecl() if isinstance(value, dict):
                types = {prop.name: prop.type for prop in kind.properties}
                return {
                    name: self._value(types[name], each, files=files)
                    if name in types
                    else _plain(each)
                    for name, each in value.items()
                }
            case _:
                return _plain(value)

    def _sent(self, operation: Named, sent: Sent) -> dict[str, Json]:
        own = server_of(operation.operation, self.spelling.contract, self.base)
        return {
            "method": sent.method,
            "path": "/" + sent.path.partition("#")[0].lstrip("/"),  # a fragment is never sent
            **({"server": own} if own else {}),
            "query": [list(pair) for pair in sent.query],
            **({"rawQuery": sent.raw_query} if sent.raw_query else {}),
            "headers": dict(sent.headers),
            "cookies": [list(pair) for pair in sent.cookies],
            "type": sent.media_type,
            "kind": sent.kind.value,
            "body": _body(sent),
        }


def _reason(case: Case | Skipped) -> str:
    """Why a case cannot be called; "" where it can."""
    if isinstance(case, Skipped):
        return case.reason
    given = {_origin(one.argument) for one in case.given}
    missing = [
        one for one in case.signature.arguments if one.required and _origin(one) not in given
    ]
    return f"no value was found for {missing[0].name!r}" if missing else ""


def _origin(argument: object) -> tuple[object, str]:
    return getattr(argument, "place", None), getattr(getattr(argument, "source", None), "name", "")


def _body(sent: Sent) -> Json:
    match sent.kind, sent.body:
        case BodyKind.JSON, body:
            return dumps(body)
        case BodyKind.FORM, tuple(pairs):
            return [[str(each) for each in pair] for pair in pairs if isinstance(pair, tuple)]
        case BodyKind.PARTS, tuple(parts):
            return [_part(part) for part in parts if isinstance(part, Part)]
        case _, body:
            return body


def _part(part: Part) -> Json:
    data = "json" in part.media_type
    value = dumps(part.value) if data else spelled(part.value)
    return {"name": part.name, "value": value, "type": part.media_type, "file": part.file}


def _answer(answer: Answer) -> Json:
    headers = dict(answer.headers)
    if answer.media_type:
        headers["content-type"] = answer.media_type
    said: dict[str, Json] = {
        "status": answer.status,
        "headers": headers,
        "kind": answer.kind.value,
    }
    try:
        said["content"] = answer.content.decode()
    except UnicodeDecodeError:
        said |= {"content": base64.b64encode(answer.content).decode(), "base64": True}
    if answer.kind in (BodyKind.EVENTS, BodyKind.LINES):
        said["items"] = answer.value
    return said


def _plain(value: Json) -> Json:
    if isinstance(value, int) and abs(value) >= _SAFE:
        return {"$bigint": str(value)}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value


def _lines(document: dict[str, Json]) -> str:
    """One case a line: readable, and what changes shows as what it is."""
    parts = []
    for name, value in document.items():
        rows = ",\n    ".join(map(dumps, value)) if isinstance(value, list) else dumps(value)
        parts.append(f'  "{name}": [\n    {rows}\n  ]' if rows else f'  "{name}": []')
    return _INVISIBLE.sub(_escaped, "{\n" + ",\n".join(parts) + "\n}\n")


_INVISIBLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What would hide itself or its neighbours; JSON's own escape shows it."""


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
