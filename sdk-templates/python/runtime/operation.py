"""Operations as data: all that the runtime must know of one call of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Literal, TypeVar

from .codecs import Codec

T_co = TypeVar("T_co", covariant=True)


class Replay(Enum):
    """Whether a request may be sent a second time when nobody knows what became of the first."""

    SAFE = "safe"  # idempotent: reading, replacing, deleting, or what the contract says it of
    KEYED = "keyed"  # the server recognises the repeated key and executes once
    NEVER = "never"


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How one parameter is written (OpenAPI 3.1, section 4.8.12.3)."""

    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    json: bool = False
    codec: Codec | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Idempotency:
    """The request member by which the server recognises a repeated request.

    `generated` keys are made by the SDK when the caller gives none. `window` is the number of
    seconds after signing during which a request may still be executed.
    """

    key: str
    location: Literal["body", "header", "query"] = "body"
    generated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What one call takes from which bucket."""

    bucket: str
    tokens: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Paging:
    """Cursor paging: the request's cursor, and the response's list and next cursor."""

    cursor: str
    items: str
    next_cursor: str


@dataclass(slots=True, kw_only=True, eq=False)
class Operation(Generic[T_co]):
    """One operation of the contract. `T_co` is what a successful answer is read as.

    Attributes:
        id: The operation id.
        method: Upper-case HTTP method.
        path: Path template, `/v1/orders/{order_id}`.
        returns: Type of the answer's body; None where there is none.
        by_status: Types of answers with another status, where they differ.
        accept: Media types that are asked for.
        content_type: Media type of the request's body.
        path_styles, query_styles, header_styles, cookie_styles, body_styles: Parameters and
            form fields that are not written in the default style of their place.
        body_codec: Members of the body whose wire form the contract decides.
        body_required: Whether a body is sent even if it has no member.
        part_types: Media types of the parts of a multipart body.
        security: Alternatives; each names the schemes that are needed together.
        server: Base URL that is used instead of the client's, or a path on its host.
        exact: Whether answers hold exact JSON numbers.
        sunset: The date from which the operation may be gone.
    """

    id: str
    method: str
    path: str
    returns: Any = None
    by_status: Mapping[int, Any] = field(default_factory=dict[int, Any])
    accept: str = "application/json"
    content_type: str = ""
    path_styles: Mapping[str, Style] = field(default_factory=dict[str, Style])
    query_styles: Mapping[str, Style] = field(default_factory=dict[str, Style])
    header_styles: Mapping[str, Style] = field(default_factory=dict[str, Style])
    cookie_styles: Mapping[str, Style] = field(default_factory=dict[str, Style])
    body_styles: Mapping[str, Style] = field(default_factory=dict[str, Style])
    body_codec: Codec | None = None
    body_required: bool = True
    part_types: Mapping[str, str] = field(default_factory=dict[str, str])
    security: tuple[tuple[str, ...], ...] = ()
    server: str = ""
    replay: Replay = Replay.NEVER
    idempotency: Idempotency | None = None
    lookup: tuple[Operation[Any], str] | None = None
    cost: Cost | None = None
    paging: Paging | None = None
    exact: bool = False
    deprecated: bool = False
    sunset: str = ""
    adapters: dict[Any, Any] = field(default_factory=dict[Any, Any], init=False, repr=False)


ItemT_co = TypeVar("ItemT_co", covariant=True)
BodyT_co = TypeVar("BodyT_co", covariant=True)


class PagedOperation(Operation[BodyT_co], Generic[ItemT_co, BodyT_co]):
    """An operation that answers in pages: a body of type `BodyT_co` with items."""
