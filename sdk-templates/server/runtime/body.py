"""Bodies: octets off the wire, within limits, and what media type they claim to be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from .problem import Problem

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class ClientGone(Exception):  # noqa: N818 - not an error: there is nobody left to answer
    """The client closed the connection before its request was complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a request may cost before it is looked at.

    Attributes:
        body: Octets of a body (413).
        depth: Nested arrays and objects in a JSON body (400).
        fields: Header fields (431).
        url: Octets of path and query together (414).
        body_seconds: Time for a body that arrives in pieces (408).
        concurrency: Requests in work at once (503); None for no limit of our own.
    """

    body: int = 1 << 20
    depth: int = 32
    fields: int = 100
    url: int = 8192
    body_seconds: float = 10.0
    concurrency: int | None = None


async def read_body(receive: Receive, declared: bytes | None, limits: Limits) -> bytes:
    """The whole body.

    Args:
        receive: The ASGI channel.
        declared: Value of Content-Length, None where it was not sent.
        limits: How much and how long.

    Raises:
        Problem: 400, 408 or 413.
        ClientGone: the client left.
    """
    if declared is not None:
        if not declared.isdigit():
            raise Problem(400, "malformed", "Content-Length is not a number.")
        if int(declared) > limits.body:
            raise _too_large(limits)
    try:
        # From the first piece on: a client may declare a body and send none of it.
        async with asyncio.timeout(limits.body_seconds):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            body: bytes = message.get("body", b"")
            if message.get("more_body"):
                body = await _read_pieces(receive, body, limits)
    except TimeoutError:
        detail = f"The body did not arrive within {limits.body_seconds:g} s."
        raise Problem(408, "request_timeout", detail, headers=[("connection", "close")]) from None
    if len(body) > limits.body:
        raise _too_large(limits)
    return body


async def _read_pieces(receive: Receive, first: bytes, limits: Limits) -> bytes:
    pieces, size, more = [first], len(first), True
    while more:
        if size > limits.body:
            raise _too_large(limits)
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        piece: bytes = message.get("body", b"")
        pieces.append(piece)
        size += len(piece)
        more = bool(message.get("more_body"))
    return b"".join(pieces)


def _too_large(limits: Limits) -> Problem:
    # The rest of the body is not read, so the connection cannot be used again.
    return Problem(
        413,
        "content_too_large",
        f"The body is larger than {limits.body} octets.",
        headers=[("connection", "close")],
    )


def essence(content_type: str) -> str:
    """Type and subtype of a media type, lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str:
    """The charset parameter of a media type, lower case; "" where there is none."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def covers(pattern: str, media_type: str) -> bool:
    """Whether a media range (`*/*`, `image/*`, `application/json`) covers a media type."""
    pattern = essence(pattern)
    if pattern in ("*/*", media_type):
        return True
    return pattern.endswith("/*") and media_type.startswith(pattern[:-1])
