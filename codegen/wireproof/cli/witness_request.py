"""From a witness to an HTTP request that carries it and is otherwise as small as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

from wireproof.compat.finding import Witness
from wireproof.compat.pairing import normal_media_type
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Location, MediaType, Operation, Parameter
from wireproof.ir.media import is_form, is_json, is_multipart, is_text
from wireproof.ir.samples import styles
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json

_BOUNDARY = "witness"
_LARGEST = 1 << 63

Smallest = Callable[[SchemaId], Json | None]


@dataclass(frozen=True, slots=True)
class Sendable:
    """A request; `target` is path and query below the server's address."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


class Untold(Exception):  # noqa: N818 - a finding about the value, not an error
    """A value that HTTP cannot carry; the message says why."""


def sendable(
    contract: Contract,
    operation: Operation,
    witness: Witness | None = None,
    carrier: Parameter | None = None,
    media_type: str = "",
) -> Sendable:
    """The request.

    Args:
        contract: The contract that the request follows.
        operation: Its operation.
        witness: A whole body or parameter; None for the smallest request.
        carrier: The parameter that the witness is of; None where it is a body.
        media_type: Of the body; "" for the first that can be written.

    Raises:
        Untold: There is none.
    """
    smallest = Prover(contract.schemas, contract.schemas, Flow.REQUEST).smallest
    texts: dict[Location, list[tuple[str, str]]] = {location: [] for location in Location}
    for parameter in operation.parameters:
        if parameter is carrier and witness is not None:
            texts[parameter.location].append(_carried(parameter, witness.value))
        elif parameter.required or parameter.location is Location.PATH:
            texts[parameter.location].append(_written(parameter, _example(parameter, smallest)))
    path = quote(operation.binding.path, safe="/{}%:;,=.@!$&'()*+~")
    for name, text in texts[Location.PATH]:
        if text in {"", ".", ".."}:
            raise Untold(f"a path cannot carry {text!r} as {name!r}")
        path = path.replace(f"{{{quote(name, safe='')}}}", text)
    query = "&".join(text for _, text in texts[Location.QUERY] + texts[Location.QUERYSTRING])
    headers = list(texts[Location.HEADER])
    if texts[Location.COOKIE]:
        headers.append(("Cookie", "; ".join(text for _, text in texts[Location.COOKIE])))
    for name, text in headers:
        check_field(name, text)
    given = witness if carrier is None else None
    body = _body(operation, given, smallest, given.media_type if given else media_type)
    if body is not None:
        headers.append(("Content-Type", body[0]))
    return Sendable(
        operation.binding.method,
        f"{path}?{query}" if query else path,
        tuple(headers),
        body[1] if body is not None else None,
    )


def check_field(name: str, text: str) -> None:
    """Raise Untold for what is no value of a header field (RFC 9110 5.5)."""
    if not text.isascii() or any(ord(character) < 32 or character == "\x7f" for character in text):  # noqa: PLR2004 - the first printable character
        raise Untold(f"the header {name!r} cannot carry this text")
    if text != text.strip():
        raise Untold(f"the header {name!r} loses blanks at its ends")


def as_json(value: Json) -> bytes:
    """Exact JSON: numbers keep all of their digits."""
    return orjson.dumps(_exact(value), default=_number)


def _carried(parameter: Parameter, value: Json) -> tuple[str, str]:
    name, text = _written(parameter, value)
    if not text and parameter.location is not Location.PATH:
        raise Untold(f"an empty list or object leaves no trace in a {parameter.location.value}")
    return name, text


def _written(parameter: Parameter, value: Json) -> tuple[str, str]:
    return parameter.name, _TEXTS[parameter.location](parameter, value)


_TEXTS = {
    Location.PATH: styles.path_text,
    Location.QUERY: styles.query_text,
    Location.QUERYSTRING: styles.query_text,
    Location.HEADER: styles.header_text,
    Location.COOKIE: styles.cookie_text,
}


def _example(parameter: Parameter, smallest: Smallest) -> Json:
    return parameter.examples[0].value if parameter.examples else smallest(parameter.schema)


def _body(
    operation: Operation, witness: Witness | None, smallest: Smallest, media_type: str
) -> tuple[str, bytes] | None:
    request = operation.request
    if request is None or not (witness or request.required or media_type):
        return None
    media = _media(request.content, media_type)
    if media is None:
        return None
    name = _concrete(media.media_type)
    if witness is not None:
        return _encoded(name, witness.value)
    shown = next((example.value for example in media.examples), None)
    value = shown if shown is not None else smallest(media.schema) if media.schema else {}
    return _encoded(name, value)


def _media(content: tuple[MediaType, ...], wanted: str) -> MediaType | None:
    if wanted:
        name = normal_media_type(wanted)
        return next((m for m in content if normal_media_type(m.media_type) == name), None)
    writable = (m for m in content if is_json(m.media_type) or is_form(m.media_type))
    return next(writable, next(iter(content), None))


def _concrete(media_type: str) -> str:
    """A media type to send: ranges are met with JSON where they admit it."""
    main = normal_media_type(media_type)
    if "*" not in main:
        return media_type
    return "text/plain" if main.startswith("text/") else "application/json"


def _encoded(media_type: str, value: Json) -> tuple[str, bytes]:
    if is_json(media_type):
        return media_type, as_json(value)
    if is_form(media_type) or is_multipart(media_type):
        if not isinstance(value, dict):
            raise Untold("a form has fields; this value has none")
        fields = [
            (name, _field(item))
            for name, member in value.items()
            for item in (member if isinstance(member, list) else [member])
        ]
        if is_form(media_type) and not fields:
            raise Untold("a form without fields is no body at all")
        if is_form(media_type):
            return media_type, urlencode(fields).encode()
        return f"{media_type.partition(';')[0]}; boundary={_BOUNDARY}", _multipart(fields)
    if is_text(media_type):
        return media_type, styles.spelled(value).encode("utf-8", "replace")
    raise Untold(f"a value cannot be written as {media_type}")


def _field(value: Json) -> str:
    return as_json(value).decode() if isinstance(value, dict | list) else styles.spelled(value)


def _multipart(fields: list[tuple[str, str]]) -> bytes:
    """RFC 7578: one part a field."""
    parts = []
    for name, text in fields:
        if f"--{_BOUNDARY}" in text:
            raise Untold("a field holds the boundary between parts")
        safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{safe}"\r\n\r\n'
        parts.append(f"{head}{text}\r\n".encode("utf-8", "replace"))
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()


def _exact(value: Json) -> Json:
    """The value with numbers that orjson refuses as text that it takes as it is."""
    if isinstance(value, dict):
        return {key: _exact(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return orjson.Fragment(str(value))
    return value


def _number(value: object) -> Json:
    return orjson.Fragment(format(value, "f"))  # a Decimal: without an exponent
