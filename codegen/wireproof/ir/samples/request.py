"""A request that an operation admits, as it travels: the one that documentation shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from wireproof.ir.contract import Location, MediaType, Operation, Parameter
from wireproof.ir.media import essence, is_form, is_json, is_multipart, is_text
from wireproof.ir.samples import styles
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import preferred
from wireproof.source.node import Json

BOUNDARY = "sample-boundary"
OCTETS = b"sample"
"""What stands for a file."""

Find = Callable[[SchemaId, Sequence[Json]], Iterator[Json]]
"""Values of a schema, those shown first as far as they are valid; at least one."""


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """A request without credentials.

    Attributes:
        method: Upper case.
        path: Percent-encoded, below the server's URL.
        query: Percent-encoded, without `?`.
        headers: Declared header and cookie parameters; a body's content type is not among them.
        content_type: Of the body; "" where there is none.
        value: The body's value before it was encoded; None where there is no body.
        body: The body's octets.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = ""
    value: Json = None
    body: bytes = b""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


def sample_request(operation: Operation, find: Find, *, optional: bool = False) -> SampleRequest:
    """A request of an operation.

    Args:
        operation: The operation.
        find: Gives the values.
        optional: Whether optional parameters are sent too.
    """
    texts: dict[Location, list[tuple[str, str]]] = {place: [] for place in Location}
    for one in operation.parameters:
        needed = one.required or one.location is Location.PATH
        text = _text(one, find) if needed or optional else ""
        if needed or text:
            texts[one.location].append((one.name, text or _TEXTS[one.location](one, "text")))
    path = operation.binding.path
    for name, text in texts[Location.PATH]:
        path = path.replace("{" + name + "}", text)
    pairs = [text for _, text in texts[Location.QUERY] + texts[Location.QUERYSTRING]]
    cookies = [text for _, text in texts[Location.COOKIE]]
    headers = [*texts[Location.HEADER], *([("Cookie", "; ".join(cookies))] if cookies else [])]
    content_type, value, body = _body(operation, find)
    return SampleRequest(
        operation.binding.method,
        quote(path, safe="/%:;,=.@!$&'()*+~"),
        "&".join(filter(None, pairs)),
        tuple(headers),
        content_type,
        value,
        body,
    )


_TEXTS = {
    Location.PATH: styles.path_text,
    Location.QUERY: styles.query_text,
    Location.QUERYSTRING: styles.query_text,
    Location.HEADER: styles.header_text,
    Location.COOKIE: styles.cookie_text,
}


def _text(parameter: Parameter, find: Find) -> str:
    """The parameter on the wire: of the values that fit, the first that leaves a trace there.

    "" where none does.
    """
    write = _TEXTS[parameter.location]
    nothing = {"", write(parameter, "")}
    texts = (
        write(parameter, value)
        for value in find(parameter.schema, tuple(e.value for e in parameter.examples))
    )
    return next((text for text in texts if text not in nothing), "")


def _body(operation: Operation, find: Find) -> tuple[str, Json, bytes]:
    media = preferred(operation.request.content) if operation.request else None
    if media is None:
        return "", None, b""
    schema = media.schema or media.item_schema
    shown = [example.value for example in media.examples]
    value = next(find(schema, shown)) if schema else next(iter(shown), {})
    name = _concrete(media.media_type)
    if is_multipart(name):
        return f"{essence(name)}; boundary={BOUNDARY}", value, _multipart(value)
    return name, value, _encoded(media, name, value)


def _concrete(media_type: str) -> str:
    main, _, sub = essence(media_type).partition("/")
    if "*" not in main + sub:
        return media_type
    return {"text": "text/plain", "image": "image/png"}.get(main, "application/json")


def _encoded(media: MediaType, name: str, value: Json) -> bytes:
    if is_form(name) and isinstance(value, dict):
        return urlencode(list(_fields(value))).encode()
    if is_json(name):
        text = json.dumps(value, ensure_ascii=False, default=styles.spelled)
        return text.encode("utf-8", "replace")
    if is_text(name) or media.schema is None:
        return styles.spelled(value).encode("utf-8", "replace") or OCTETS
    return OCTETS


def _fields(value: dict[str, Json]) -> list[tuple[str, str]]:
    """Fields of a form: a list repeats its field, an object travels as JSON."""
    return [
        (name, styles.spelled(item))
        for name, member in value.items()
        for item in (member if isinstance(member, list) else [member])
    ]


def _multipart(value: Json) -> bytes:
    parts = []
    for name, text in _fields(value if isinstance(value, dict) else {"file": value}):
        safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{safe}"\r\n\r\n'
        parts.append(head.encode("utf-8", "replace") + text.encode("utf-8", "replace") + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
