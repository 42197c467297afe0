"""Where schemas stand in operations: every pair of root schemas that a message is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wireproof.compat.finding import Side
from wireproof.compat.pairing import Pair, headers, media_types
from wireproof.compat.rule import Kept
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.ir.contract import MediaType


@dataclass(frozen=True, slots=True)
class Position:
    """One place of one operation.

    Attributes:
        operation: `POST /v1/orders`.
        part: `body`, `query parameter 'limit'`, `response 200 body`.
        side: Which side it is judged as.
        roots: The schemas in both contracts.
        textual: Whether values travel as text (parameters and headers).
        media_type: Of a body.
        heir: Whether the roots are not what stands there, but inherit from it or from a part.
    """

    operation: str
    part: str
    side: Side
    roots: SchemaPair
    textual: bool = False
    media_type: str = ""
    heir: bool = False


def positions(operations: Iterable[Kept]) -> Iterator[Position]:
    """All of them, operation by operation, in document order."""
    for kept in operations:
        yield from _request(kept)
        yield from _responses(kept)


def _request(kept: Kept) -> Iterator[Position]:
    for pair in kept.parameters:
        if pair.base is not None and pair.head is not None:
            part = f"{pair.head.location.value} parameter {pair.head.name!r}"
            roots = SchemaPair(pair.base.schema, pair.head.schema)
            textual = pair.base.media_type is None and pair.head.media_type is None
            yield Position(kept.label, part, kept.request, roots, textual)
    if kept.base.request is not None and kept.head.request is not None:
        pairs = media_types(kept.base.request.content, kept.head.request.content)
        for media in pairs:
            yield from _media(kept.label, "body", kept.request, media)


def _responses(kept: Kept) -> Iterator[Position]:
    for pair in kept.answers:
        if pair.base is None or pair.head is None:
            continue
        part = f"response {pair.head.status}"
        for header in headers(pair.base.headers, pair.head.headers):
            if header.base is not None and header.head is not None:
                label = f"{part} header {header.head.name!r}"
                roots = SchemaPair(header.base.schema, header.head.schema)
                textual = header.base.media_type is None and header.head.media_type is None
                yield Position(kept.label, label, kept.response, roots, textual)
        for media in media_types(pair.base.content, pair.head.content):
            yield from _media(kept.label, f"{part} body", kept.response, media)


def _media(operation: str, part: str, side: Side, pair: Pair[MediaType]) -> Iterator[Position]:
    if pair.base is None or pair.head is None:
        return
    if pair.base.schema is not None and pair.head.schema is not None:
        roots = SchemaPair(pair.base.schema, pair.head.schema)
        yield Position(operation, part, side, roots, media_type=pair.base.media_type)
    if pair.base.item_schema is not None and pair.head.item_schema is not None:
        roots = SchemaPair(pair.base.item_schema, pair.head.item_schema)
        yield Position(operation, f"{part} item", side, roots, media_type=pair.base.media_type)
