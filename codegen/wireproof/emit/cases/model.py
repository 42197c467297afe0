"""What a round trip is made of. All values are JSON data with exact numbers (int or Decimal)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from wireproof.ir.signature import Argument, Signature
from wireproof.source.node import Json

Pointer = tuple[str | int, ...]
"""Where in a body: names of members, indices of items."""


@dataclass(frozen=True, slots=True)
class Given:
    """One argument of a call.

    `value` is as it stands on the wire: a decimal is a text, an instant too, base64 stays base64,
    and where raw octets are asked for it is the text that they hold.
    """

    argument: Argument
    value: Json


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body.

    `value` is JSON data where `media_type` is JSON, a text otherwise. `media_type` is "" where the
    contract leaves it to the client; `file` says that a file name must be given.
    """

    name: str
    value: Json
    media_type: str
    file: bool


class BodyKind(Enum):
    """How a body is to be compared."""

    NONE = "none"
    JSON = "json"  # JSON data, compared as data
    FORM = "form"  # pairs of name and value, decoded, in order
    PARTS = "parts"  # `Part`s in order
    TEXT = "text"  # a text in UTF-8; raw octets too
    EVENTS = "events"  # answers only: a list with the JSON data (or text) of every event
    LINES = "lines"  # answers only: a list with the JSON data of every line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The request that a call must give, without credentials.

    Attributes:
        method: Upper case.
        path: The template filled in, percent-encoded; the base URL's own path stands before it.
            Compare segments decoded: clients may encode more or less than is needed.
        query: Names and values, decoded, in the order of the contract.
        raw_query: Where the query is one value as a whole (OpenAPI 3.2 `in: querystring`); `query`
            is empty then.
        headers: Declared header parameters, names in lower case.
        cookies: Names and values.
        media_type: Of the body, without a boundary; "" without a body.
        kind: How `body` is to be read.
        body: JSON data, a text, pairs, or `Part`s.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    raw_query: str = ""
    headers: Mapping[str, str]
    cookies: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    kind: BodyKind = BodyKind.NONE
    body: Json | tuple[tuple[str, str], ...] | tuple[Part, ...] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that the contract allows.

    `content` are the octets that travel, `value` what they say (see `BodyKind`); `media_type` is
    a concrete one, "" without a body.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    kind: BodyKind = BodyKind.NONE
    value: Json = None
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Case:
    """A call, the request that it must give, and the answer to it."""

    signature: Signature
    given: tuple[Given, ...]
    sent: Sent
    answer: Answer


@dataclass(frozen=True, slots=True)
class Skipped:
    """An operation without a case, and the reason for people."""

    signature: Signature
    reason: str


class Kind(Enum):
    """What a variation is about; the value is a name for people."""

    UNKNOWN_VALUE = "unknown enum value"
    UNKNOWN_TAG = "unknown union tag"
    UNKNOWN_MEMBER = "unknown member"
    DECIMAL = "decimal"
    INT64 = "64-bit integer"
    NULL = "null"
    ABSENT = "absent"


class Verdict(Enum):
    """What a client must make of it."""

    KEPT = "kept"  # it reads the answer, and what stands at the pointer can be had as it was sent
    UNKNOWN = "unknown"  # the same; the object at the pointer is of no known arm of its union
    REFUSED = "refused"  # the answer is not what the contract says; reading it checked must fail


@dataclass(frozen=True, slots=True)
class Variation:
    """An answer of a case with one thing changed.

    `pointer` is the place, `value` what stands there now; with `Kind.ABSENT` the member was taken
    out and `value` is None. `answer` is complete.
    """

    kind: Kind
    verdict: Verdict
    signature: Signature
    pointer: Pointer
    value: Json
    answer: Answer


@dataclass(frozen=True, slots=True)
class ArgumentVariation:
    """A call of a case with one argument changed: given as null, or (`Kind.ABSENT`) not at all.

    For `Kind.DECIMAL`, `given` holds the argument with the digits that must travel as they are.
    """

    kind: Kind
    signature: Signature
    argument: Argument
    given: tuple[Given, ...]
    sent: Sent
