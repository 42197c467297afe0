"""What a call gives back: its type, and the reader that makes it from a response."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.spelling import Spelling
from wireproof.ir.contract import MediaType
from wireproof.ir.signature import Result, Signature
from wireproof.ir.types import AnyType, Scalar, ScalarType, Type


class Kind(Enum):
    """How a body is read or written."""

    NOTHING = "nothing"
    JSON = "json"
    TEXT = "text"
    RAW = "raw"
    EVENTS = "events"
    LINES = "lines"
    FORM = "form"
    MULTIPART = "multipart"


_TEXTS = ("xml", "yaml", "javascript", "csv", "html", "graphql", "markdown")
_LINES = (
    "application/jsonl",
    "application/x-ndjson",
    "application/ndjson",
    "application/x-jsonlines",
)


_RANGES = frozenset({"*/*", "application/*", ""})
_STREAMS = frozenset({Kind.EVENTS, Kind.LINES})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result's type, its reader, and the Accept header where the reader's own does not fit.

    `live` results are streams of items.
    """

    type: str
    reader: str
    accept: str = ""
    live: bool = False


def kind_of(media: MediaType | None) -> Kind:  # noqa: PLR0911 - a table of rules, first match wins
    """How a body of this media type travels."""
    if media is None:
        return Kind.NOTHING
    name = media.media_type.partition(";")[0].strip().lower()
    binary = media.type == ScalarType(Scalar.BINARY)
    if name == "text/event-stream":
        return Kind.EVENTS
    if name in _LINES:
        return Kind.LINES
    if name.endswith(("/json", "+json")) or (name in _RANGES and not binary):
        return Kind.RAW if binary else Kind.JSON
    if name == "application/x-www-form-urlencoded":
        return Kind.FORM
    if name.startswith("multipart/"):
        return Kind.MULTIPART
    if not binary and (name.startswith("text/") or name.endswith(_TEXTS)):
        return Kind.TEXT
    return Kind.RAW


def loose(media: MediaType) -> bool:
    """Whether a body may be anything: a range of media types whose schema asks for no structure.

    Such a body is sent as it is given, and read as what it is said to be.
    """
    open_ = isinstance(media.type, AnyType) or media.type == ScalarType(Scalar.STRING)
    return open_ and media.media_type.partition(";")[0].strip() in _RANGES


def sent_as_is(media: MediaType) -> bool:
    """Whether a request body of this media type is what the caller gives: octets or a text."""
    return loose(media) or kind_of(media) in (Kind.RAW, Kind.TEXT, *_STREAMS)


def outcome(spelling: Spelling, results: tuple[Result, ...], imports: Imports) -> Outcome:
    """How the results of one function are typed and read."""
    kinds = [_readable(kind_of(result.media)) for result in results]
    media = [result.media for result in results if result.media is not None]
    accept = ", ".join(dict.fromkeys(each.media_type for each in media))
    unique = set(kinds)
    if Kind.RAW in unique:
        return Outcome("Response", imports.runtime("readRaw"), accept)
    if unique == {Kind.NOTHING}:
        return Outcome("void", imports.runtime("readNothing"))
    if unique & _STREAMS:
        return _stream(spelling, media, imports, events=Kind.EVENTS in unique)
    if unique == {Kind.TEXT}:
        return Outcome("string", imports.runtime("readText"), accept)
    types = [
        _type(spelling, result, kind, imports) for result, kind in zip(results, kinds, strict=True)
    ]
    reader = (
        "read"
        + exactness(spelling, media)
        + _json_reader(unique | {Kind.TEXT for each in media if loose(each)})
    )
    plain = all(each.media_type.lower() == "application/json" for each in media)
    return Outcome(spelling.union(types), imports.runtime(reader), "" if plain else accept)


def split_streams(signature: Signature) -> tuple[tuple[Result, ...], tuple[Result, ...]]:
    """Results that come whole, and results that come as a stream, whichever is preferred."""
    whole = tuple(each for each in signature.results if kind_of(each.media) not in _STREAMS)
    statuses = {each.status for each in signature.results}
    live = tuple(
        Result(response.status, media)
        for response in signature.operation.responses
        if response.status in statuses
        for media in response.content
        if kind_of(media) in _STREAMS
    )
    if live and all(each.media is None for each in whole):
        return (), live
    return whole, live


def _readable(kind: Kind) -> Kind:
    if kind is Kind.FORM:
        return Kind.TEXT
    return Kind.RAW if kind is Kind.MULTIPART else kind


def exactness(spelling: Spelling, media: list[MediaType]) -> str:
    """What the reader's name says of digits: whose are kept that `JSON.parse` would round."""
    if any(spelling.exact(each.type, Scalar.DECIMAL_NUMBER) for each in media):
        return "Decimal"
    return "Exact" if any(spelling.exact(each.type, Scalar.INT64) for each in media) else ""


def _json_reader(kinds: set[Kind]) -> str:
    if Kind.TEXT in kinds:
        return "Any"
    return "JsonOrNothing" if Kind.NOTHING in kinds else "Json"


def _type(spelling: Spelling, result: Result, kind: Kind, imports: Imports) -> str:
    if kind is Kind.TEXT:
        return "string"
    return "undefined" if result.media is None else spelling.use(result.media.type, imports)


def _stream(
    spelling: Spelling, media: list[MediaType], imports: Imports, *, events: bool
) -> Outcome:
    items: list[Type] = [each.item_type or each.type for each in media]
    spelled = spelling.union([spelling.use(each, imports) for each in items])
    if events:
        type_ = f"{imports.runtime_type('EventStream')}<{spelled}>"
        return Outcome(type_, imports.runtime("readEvents"), live=True)
    return Outcome(f"AsyncIterable<{spelled}>", imports.runtime("readJsonLines"), live=True)
