"""One signature: how an operation is called, the same in every language.

The stub, both SDKs, the documentation's samples and the mock all start from `signature()`, so
they cannot drift apart. Names stay as on the wire; emitters spell them for their language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from wireproof.ir.contract import MediaType, Operation, Parameter
from wireproof.ir.types import Property, Type


class Place(Enum):
    """Where an argument travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    FIELD = "field"  # a top-level property of a JSON or form body
    BODY = "body"  # the whole body


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call.

    `name` is unique within the signature: the wire name, or the `x-sdk-name`, with the place
    put before it (`header_date`) where two would collide. `source` is what it came from; None
    for a whole body.
    """

    name: str
    place: Place
    type: Type
    required: bool
    description: str
    source: Parameter | Property | None


@dataclass(frozen=True, slots=True)
class Result:
    """One successful answer. `media` is None where there is no body."""

    status: str
    media: MediaType | None


@dataclass(frozen=True, slots=True)
class Signature:
    """How an operation is called and what comes back.

    Attributes:
        operation: The operation.
        resource: What it belongs to: its first tag, "" where it has none.
        method: Its name in an SDK: `x-sdk-name`, or the operation id.
        arguments: Required ones first, otherwise in document order.
        body: The media type that is sent; None where there is no body.
        results: Successful answers in document order; never empty.
    """

    operation: Operation
    resource: str
    method: str
    arguments: tuple[Argument, ...]
    body: MediaType | None
    results: tuple[Result, ...]
