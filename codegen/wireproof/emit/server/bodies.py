"""Bodies: how a media type is read and written, and as what a handler sees it."""

from __future__ import annotations

from wireproof.emit.server.annotations import annotation
from wireproof.emit.server.identifiers import Identifiers, path_of
from wireproof.ir.contract import MediaType, Operation, Response
from wireproof.ir.media import essence, is_form, is_multipart
from wireproof.ir.samples.encode import reply_kind


def request_kind(media: MediaType) -> str:
    """How a request body of this media type is read."""
    name = media.media_type
    if is_form(name):
        return "form"
    if is_multipart(name):
        return "multipart" if essence(name) == "multipart/form-data" else "binary"
    return reply_kind(media)


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
