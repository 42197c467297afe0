"""Values as octets, in the media type that was declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import orjson

from wireproof.ir.contract import MediaType
from wireproof.ir.media import essence, is_form, is_json, is_text
from wireproof.ir.types import AnyType, Scalar, ScalarType, Type
from wireproof.source.node import Json

_CONCRETE = {
    "audio": "audio/mpeg",
    "font": "font/woff2",
    "image": "image/png",
    "text": "text/plain",
    "video": "video/mp4",
}
_FRAMES = {
    "application/json-seq": (b"\x1e", b"\n"),  # RFC 7464
    "application/jsonl": (b"", b"\n"),
    "application/x-ndjson": (b"", b"\n"),
}


def reply_kind(media: MediaType) -> str:
    """How a body of this media type is written: `json`, `text` or `binary`."""
    name = media.media_type
    if essence(name) in _FRAMES:
        return "binary"
    if is_json(name):
        return "json"
    if is_text(name):
        return "text"
    if essence(name) == "*/*" and not _is_raw(media.type):
        return "json"
    return "binary"


def _is_raw(type_: Type) -> bool:
    return isinstance(type_, AnyType) or type_ == ScalarType(Scalar.BINARY)


def encode(media: MediaType, kind: str, value: Json) -> tuple[str, bytes]:
    """Content type and octets.

    Args:
        media: What was declared; a range such as `image/*` gets a type that it covers.
        kind: `json`, `text` or `binary`, see `reply_kind`.
        value: JSON data, or a text.
    """
    name = concrete(media.media_type, kind)
    plain = essence(name)
    if plain == "text/event-stream":
        datum = _text(value) if media.item_schema is None else _json(value)
        lines = re.split(rb"\r\n|\r|\n", datum)
        return name, b"".join(b"data: " + line + b"\n" for line in lines) + b"\n"
    if plain in _FRAMES:
        before, after = _FRAMES[plain]
        return name, before + _json(value) + after
    return name, _json(value) if kind == "json" else _octets(name, value)


def _octets(name: str, value: Json) -> bytes:
    if isinstance(value, str):
        return _text(value)
    if is_form(name) and isinstance(value, dict):
        return urlencode(value, doseq=True).encode()
    if essence(name).endswith(("/xml", "+xml")):
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        return (head + "".join(_xml("root", value))).encode("utf-8", "replace")
    return _json(value)


def concrete(media_type: str, kind: str) -> str:
    """The media type itself, or one that a range covers."""
    main, _, sub = essence(media_type).partition("/")
    if "*" not in main + sub:
        return media_type
    if kind == "json":
        return "application/json"
    return _CONCRETE.get(main, "application/octet-stream")


def _json(value: Json) -> bytes:
    return orjson.dumps(value, default=_exact)


def _exact(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    return str(value)


def _text(value: Json) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else _json(value)


def _xml(name: str, value: Json) -> Iterator[str]:
    """Elements named by members; items of a list repeat their element."""
    if isinstance(value, list):
        for item in value:
            yield from _xml(name, item)
        return
    yield f"<{name}>"
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _xml(key if key.isidentifier() else "member", child)
    elif value is not None:
        yield escape(value if isinstance(value, str) else _json(value).decode())
    yield f"</{name}>"
