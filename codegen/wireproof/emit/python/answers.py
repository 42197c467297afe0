"""How the successful answers of an operation are read, and by which verb of the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wireproof.emit.python.codecs import Codecs
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.unions import union
from wireproof.ir.contract import MediaType, Operation
from wireproof.ir.media import essence, is_form, is_json, is_multipart, is_octets, is_text
from wireproof.ir.signature import Signature
from wireproof.ir.types import ListType, ModelDecl, NullableType, Type

_STREAMS = frozenset(
    {"text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a successful call gives.

    `kind` is the verb of the client: "call", "call_pages", "call_stream" or "call_binary".
    `item` is the type of a page's items.
    """

    kind: str
    type: str
    returns: str
    by_status: Mapping[str, str]
    accept: str
    exact: bool = False
    item: str = ""


class AnswerReader:
    """Decides about the answers of one module's operations."""

    def __init__(self, spelling: Spelling, codecs: Codecs, imports: Imports) -> None:
        self._spelling = spelling
        self._codecs = codecs
        self._imports = imports

    def read(self, signature: Signature, stream: MediaType | None = None) -> Answer:
        """How the successful answers of an operation are read."""
        if stream is not None:
            return self._stream(stream)
        first = signature.results[0].media
        if first is not None and essence(first.media_type) in _STREAMS:
            return self._stream(first)
        kinds = {r.status: self._body(r.media) for r in signature.results}
        types = list(dict.fromkeys(spelled for spelled, _ in kinds.values()))
        accept = accepted(signature)
        if "bytes" in types:
            return Answer("call_binary", "bytes", "bytes", {}, accept)
        main = kinds[signature.results[0].status][0]
        others = {
            status: spelled
            for status, (spelled, _) in kinds.items()
            if spelled != main and status.isdecimal()
        }
        exact = any(flag for _, flag in kinds.values())
        paged = self._paged(signature, main)
        if paged and not others:
            return Answer("call_pages", main, main, {}, accept, exact, paged)
        return Answer("call", union(types), main, others, accept, exact)

    def _body(self, media: MediaType | None) -> tuple[str, bool]:
        if media is None:
            return "None", False
        name = media.media_type
        if is_json(name):
            return self._spelling.received(media.type, self._imports), self._codecs.exact(
                media.type
            )
        if is_text(name) or is_form(name) or is_multipart(name):
            return "str", False
        if is_octets(name):
            return "bytes", False
        return self._spelling.received(media.type, self._imports), self._codecs.exact(media.type)

    def _stream(self, media: MediaType) -> Answer:
        item = media.item_type or media.type
        spelled = self._spelling.received(item, self._imports)
        exact = self._codecs.exact(item)
        return Answer("call_stream", spelled, spelled, {}, essence(media.media_type), exact)

    def _paged(self, signature: Signature, main: str) -> str:
        """The type of the items, if the operation declares pages and its answer has them."""
        pagination = signature.operation.pagination
        model = page_model(self._spelling, signature)
        if pagination is None or model is None or main in {"None", "str", "Any"}:
            return ""
        items = next((p for p in model.properties if p.name == pagination.items), None)
        cursors = {p.name for p in model.properties}
        if items is None or pagination.next_cursor not in cursors:
            return ""
        listed = self._spelling.resolve(_non_null(items.type))
        if not isinstance(listed, ListType):
            return ""
        return self._spelling.received(listed.item, self._imports)


def page_model(spelling: Spelling, signature: Signature) -> ModelDecl | None:
    """The model of the first successful answer, if it is one."""
    media = signature.results[0].media
    model = spelling.resolve(media.type) if media is not None else None
    return model if isinstance(model, ModelDecl) else None


def accepted(signature: Signature) -> str:
    """The Accept field: the media types that the call can read, in order, without repeats."""
    names = [r.media.media_type for r in signature.results if r.media is not None]
    unique = list(dict.fromkeys(essence(name) for name in names if "*" not in name))
    return ", ".join(unique) or ("*/*" if names else "application/json")


def stream_beside(operation: Operation) -> MediaType | None:
    """The event stream that an operation answers with as an alternative to JSON."""
    for response in operation.responses:
        if response.status.startswith("2"):
            medias = {essence(one.media_type): one for one in response.content}
            stream = next((medias[name] for name in sorted(_STREAMS) if name in medias), None)
            if stream is not None and any(is_json(n) and n not in _STREAMS for n in medias):
                return stream
    return None


def _non_null(type_: Type) -> Type:
    return type_.inner if isinstance(type_, NullableType) else type_
