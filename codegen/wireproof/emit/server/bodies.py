"""Bodies: how a media type is read and written, and as what a handler sees it."""

from __future__ import annotations

from wireproof.emit.server.annotations import annotation
from wireproof.emit.server.identifiers import Identifiers, path_of
from wireproof.ir.contract import MediaType, Operation, Response
from wireproof.ir.media import essence, is_form, is_json, is_multipart, is_text
from wireproof.ir.types import AnyType, Scalar, ScalarType, Type

_SEQUENCES = frozenset({"application/json-seq", "application/jsonl", "application/x-ndjson"})


def request_kind(media: MediaType) -> str:
    """How a request body of this media type is read."""
    name = media.media_type
    if is_form(name):
        return "form"
    if is_multipart(name):
        return "multipart" if essence(name) == "multipart/form-data" else "binary"
    return reply_kind(media)


def reply_kind(media: MediaType) -> str:
    """How a body of this media type is written."""
    name = media.media_type
    if essence(name) in _SEQUENCES:
        return "binary"
    if is_json(name):
        return "json"
    if is_text(name):
        return "text"
    if essence(name) == "*/*" and not _octets(media.type):
        return "json"
    return "binary"


def _octets(type_: Type) -> bool:
    return isinstance(type_, AnyType) or type_ == ScalarType(Scalar.BINARY)


def body_annotation(media: MediaType, identifiers: Identifiers, *, builtins: str = "") -> str:
    """What a handler gets for a body of this media type."""
    match request_kind(media):
        case "binary":
            return "bytes"
        case "text":
            return "str"
        case _:
            return annotation(media.type, identifiers, builtins=builtins)


def reply_annotation(media: MediaType, identifiers: Identifiers, *, builtins: str = "") -> str:
    """What a handler gives for a body of this media type."""
    match reply_kind(media):
        case "binary":
            return "bytes"
        case "text":
            return "str"
        case _:
            return annotation(media.type, identifiers, builtins=builtins)


def bodiless(operation: Operation, response: Response) -> bool:
    """Whether an answer has no body: by contract, status or method (RFC 9110 6.4.1)."""
    if not response.content or response.status in ("204", "205", "304"):
        return True
    return path_of(operation)[0] == "HEAD"
