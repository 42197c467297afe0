"""What the tests share: the cases, a transport that answers as they say, and comparisons."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote
from uuid import UUID

from pydantic import BaseModel
from northgate import (
    AsyncNorthgate,
    AsyncHttpxTransport,
    HttpxTransport,
    Northgate,
)
from northgate._runtime.decimals import JsonNumber
from northgate._runtime.headers import Headers
from northgate._runtime.request import Request, StreamBody, Timeout
from northgate._runtime.wire import dumps

Json = Any
"""JSON data; numbers with a fraction are Decimals."""

SERVER = os.environ.get("NORTHGATE_TEST_BASE_URL", "")
"""A running server, such as `wireproof mock`, for the round trips; "" for none."""

BASE_URL = "https://sdk.test/base"
DATA: Json = json.loads(
    Path(__file__).with_name("cases.json").read_text(encoding="utf-8"), parse_float=JsonNumber
)
CASES: dict[str, Json] = DATA["cases"]


def client(
    transport: Transport | Direct | None = None,
    *,
    base_url: str = BASE_URL,
    strict: bool = False,
) -> Northgate:
    """A client with credentials for everything, that tries once."""
    return Northgate(
        key_id="test",
        private_key="0000000000000000000000000000000000000000000000000000000000000000",
        hmac_secret="test",
        base_url=base_url,
        max_retries=0,
        strict=strict,
        transport=transport,
    )


def async_client(
    transport: AsyncTransport | AsyncDirect | None = None,
    *,
    base_url: str = BASE_URL,
    strict: bool = False,
) -> AsyncNorthgate:
    """The same, asynchronous."""
    return AsyncNorthgate(
        key_id="test",
        private_key="0000000000000000000000000000000000000000000000000000000000000000",
        hmac_secret="test",
        base_url=base_url,
        max_retries=0,
        strict=strict,
        transport=transport,
    )


def arguments(row: Json) -> dict[str, Json]:
    """The arguments of a call: JSON data, but for what are octets or floats to Python."""
    given: dict[str, Json] = _floats(row.get("arguments", {}))
    for kind in ("octets", "base64"):
        for pointer in row.get(kind, ()):
            *path, last = pointer
            holder: Json = given
            for key in path:
                holder = holder[key]
            text: str = holder[last]
            holder[last] = text.encode() if kind == "octets" else base64.b64decode(text)
    return given


def _floats(value: Json) -> Json:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _floats(member) for name, member in _members(value)}
    return [_floats(item) for item in _items(value)] if isinstance(value, list) else value


def _members(value: Json) -> Iterable[tuple[str, Json]]:
    members: Mapping[str, Json] = value
    return members.items()


def _items(value: Json) -> list[Json]:
    items: list[Json] = value
    return items


class _Reply:
    def __init__(self, answer: Json) -> None:
        fields = {"content-type": answer["media"]} if answer.get("media") else {}
        self.status = int(answer["status"])
        self.headers = Headers(fields)
        self._content = content_of(answer)

    def iter_bytes(self) -> Iterator[bytes]:
        yield self._content

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        yield self._content

    def close(self) -> None: ...

    async def aclose(self) -> None: ...


def content_of(answer: Json) -> bytes:
    """The octets of an answer."""
    kind, value = answer.get("kind", "none"), answer.get("value")
    if kind == "none":
        return b""
    if kind == "text":
        return str(value).encode()
    if kind == "json":
        return dumps(value)
    frames: list[bytes] = [
        item.encode() if kind == "events" and isinstance(item, str) else dumps(item)
        for item in _items(value)
    ]
    return b"".join(
        b"data: " + frame + b"\n\n" if kind == "events" else frame + b"\n" for frame in frames
    )


class _Recorder:
    """Remembers what was sent; a request for a token is answered with one."""

    def __init__(self, answer: Json) -> None:
        self._answer = answer
        self.requests: list[Request] = []

    def _reply(self, request: Request) -> _Reply:
        if _asks_for_token(request, BASE_URL):
            return _granted()
        self.requests.append(request)
        return _Reply(self._answer)


class Transport(_Recorder):
    """Answers every request as the case says."""

    def send(self, request: Request, limits: Timeout) -> _Reply:
        return self._reply(request)

    def close(self) -> None: ...


class AsyncTransport(_Recorder):
    """The same, asynchronous."""

    async def send(self, request: Request, limits: Timeout) -> _Reply:
        return self._reply(request)

    async def aclose(self) -> None: ...


class Direct(HttpxTransport):
    """To the server; tokens are granted here, because who grants them is another server."""

    def send(self, request: Request, limits: Timeout) -> Any:
        return _granted() if _asks_for_token(request, SERVER) else super().send(request, limits)


class AsyncDirect(AsyncHttpxTransport):
    """The same, asynchronous."""

    async def send(self, request: Request, limits: Timeout) -> Any:
        if _asks_for_token(request, SERVER):
            return _granted()
        return await super().send(request, limits)


def _asks_for_token(request: Request, base_url: str) -> bool:
    elsewhere = not request.url.startswith(base_url)
    return elsewhere and b"grant_type=client_credentials" in body_of(request)


def _granted() -> _Reply:
    token = {"access_token": "token", "token_type": "bearer", "expires_in": 3600}
    return _Reply({"status": 200, "media": "application/json", "kind": "json", "value": token})


def body_of(request: Request) -> bytes:
    """The body as it would travel."""
    content = request.content
    if isinstance(content, StreamBody):
        return b"".join(content.open())
    return content or b""


def assert_sent(request: Request, expected: Json) -> None:
    """Hold a request against the contract's own."""
    assert request.method == expected["method"]
    assert [unquote(part) for part in request.path.split("/")][-expected["path"].count("/") :] == [
        unquote(part) for part in expected["path"].split("/")
    ][1:]
    fields = {name.lower(): value for name, value in request.headers.items()}
    for name, value in expected.get("headers", {}).items():
        assert _same_text(fields.get(name), value), (name, fields.get(name), value)
    if "raw_query" in expected:
        assert request.query.startswith(expected["raw_query"])
    else:
        _assert_pairs(_pairs(request.query), expected.get("query", []))
    _assert_pairs(_cookies(fields.get("cookie", "")), expected.get("cookies", []))
    assert_body(request, fields.get("content-type", ""), expected)


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)


def _cookies(field: str) -> list[tuple[str, str]]:
    pairs = (pair.partition("=") for pair in field.split("; ") if pair)
    return [(unquote(name), unquote(value)) for name, _, value in pairs]


def _assert_pairs(found: list[tuple[str, str]], expected: list[list[str]]) -> None:
    """All expected pairs in their order; credentials may stand among them."""
    names = {name for name, _ in expected}
    ours = [pair for pair in found if pair[0] in names]
    assert len(ours) == len(expected), (found, expected)
    for (name, text), (wanted, value) in zip(ours, expected, strict=True):
        assert (name, True) == (wanted, _same_text(text, value)), (name, text, value)


def _same_text(found: str | None, wanted: str) -> bool:
    """Equal, as texts or as numbers or JSON."""
    if found == wanted or found is None:
        return found == wanted
    try:
        return bool(json.loads(found) == json.loads(wanted))
    except ValueError:
        return False


def assert_body(request: Request, media: str, expected: Json) -> None:
    """Hold a body against the contract's own."""
    kind, wanted = expected.get("kind", "none"), expected.get("body")
    content = body_of(request)
    if expected.get("media"):
        assert media.partition(";")[0] == expected["media"]
    if kind == "none":
        assert content == b""
    elif kind == "json":
        found = json.loads(content, parse_float=Decimal)
        assert found == wanted, (found, wanted)
    elif kind == "form":
        _assert_pairs(_pairs(content.decode("ascii")), wanted)
    elif kind == "parts":
        _assert_parts(media, content, wanted)
    else:
        assert content.decode() == wanted


def _assert_parts(media: str, content: bytes, wanted: list[Json]) -> None:
    head = f"Content-Type: {media}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + content)
    parts = list(message.iter_parts())
    assert len(parts) == len(wanted), (content, wanted)
    for part, row in zip(parts, wanted, strict=True):
        name = row["name"].replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        assert part.get_param("name", header="content-disposition") == name  # as browsers do
        assert (part.get_filename() is not None) == row.get("file", False)
        if row.get("media"):
            assert part.get_content_type() == row["media"]
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        value = row["value"]
        if isinstance(value, str):
            assert payload.decode() == value
        else:
            assert json.loads(payload, parse_float=Decimal) == value


def at(value: object, pointer: list[str | int]) -> object:
    """What stands at a place of something read."""
    for key in pointer:
        if isinstance(value, list):
            value = _items(value)[int(key)]
        elif isinstance(value, dict):
            value = dict(_members(value))[str(key)]
        else:
            assert isinstance(value, BaseModel), (value, key)
            value = members_of(value)[str(key)]
    return value


def members_of(model: BaseModel) -> dict[str, Json]:
    """Everything that arrived, by the names on the wire."""
    names = {
        name: name if info.alias is None else info.alias
        for name, info in type(model).model_fields.items()
    }
    given = {names[name]: getattr(model, name) for name in model.model_fields_set if name in names}
    return {**given, **(model.model_extra or {})}


def assert_same(wire: Json, value: object, path: str = "body") -> None:
    """Hold something read against the JSON that it was read from: nothing lost, nothing changed."""
    if isinstance(value, BaseModel):
        value = members_of(value)
    if isinstance(wire, dict):
        assert isinstance(value, dict), (path, wire, value)
        found, wanted = dict(_members(value)), dict(_members(wire))
        assert sorted(found) == sorted(wanted), (path, wanted, found)
        for name, member in wanted.items():
            assert_same(member, found[name], f"{path}.{name}")
    elif isinstance(wire, list):
        assert isinstance(value, list), (path, wire, value)
        listed = _items(value)
        assert len(listed) == len(_items(wire)), path
        for index, item in enumerate(_items(wire)):
            assert_same(item, listed[index], f"{path}[{index}]")
    else:
        assert _same(wire, value), (path, wire, value)


def _same(wire: Json, value: object) -> bool:
    match value:
        case Decimal() if isinstance(wire, str):
            return format(value, "f") == wire
        case datetime():
            return value == datetime.fromisoformat(_six_digits(wire))
        case date():
            return value == date.fromisoformat(wire)
        case time():
            return value == time.fromisoformat(_six_digits(wire))
        case UUID():
            return value == UUID(wire)
        case bytes():
            return value == _octets(wire)
        case bool() | None:
            return value is wire
        case int() if isinstance(wire, str):
            return str(value) == wire
        case float():
            return value == float(wire)
        case _:
            return bool(value == wire)


def _octets(text: str) -> bytes:
    plain = text.replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4))


def _six_digits(text: str) -> str:
    """An instant with no more digits than Python keeps."""
    head, dot, tail = text.upper().partition(".")
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}{dot}{digits[:6].ljust(6, '0') if dot else ''}{tail[len(digits) :]}"
