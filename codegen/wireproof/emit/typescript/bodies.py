"""Request bodies: which encoder of the runtime makes one, and what it is told."""

from __future__ import annotations

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.results import Kind, kind_of, sent_as_is
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import literal
from wireproof.ir.contract import MediaType


def encoded(spelling: Spelling, media: MediaType, value: str, imports: Imports) -> str:
    """The call of the runtime that makes a request's body of a value."""
    name = media.media_type
    match Kind.RAW if sent_as_is(media) else kind_of(media):
        case Kind.JSON:
            exact = spelling.exact(media.type)
            call = imports.runtime("exactJson" if exact else "json")
            odd = "*" not in name and name.lower() != "application/json"
            return f"{call}({value}, {literal(name)})" if odd else f"{call}({value})"
        case Kind.FORM:
            return _form("urlEncoded", media, value, imports)
        case Kind.MULTIPART:
            return _form("multipart", media, value, imports)
        case _:
            sent = "application/octet-stream" if "*" in name or not name else name
            return f"{imports.runtime('upload')}({value}, {literal(sent)})"


def _form(helper: str, media: MediaType, value: str, imports: Imports) -> str:
    encodings = {}
    for each in media.encoding:
        stated = (each.content_type or "").partition(",")[0].strip()
        type_ = stated if stated and "*" not in stated else None
        said = {"contentType": type_, "style": each.style, "explode": each.explode}
        kept = {name: value for name, value in said.items() if value is not None}
        if kept:
            encodings[each.property_name] = kept
    call = imports.runtime(helper)
    return f"{call}({value}, {literal(encodings)})" if encodings else f"{call}({value})"
