"""What a transport raises: no answer, and whether the request may have arrived."""

from __future__ import annotations

_NOT_SENT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
        "InvalidURL",
        "LocalProtocolError",
    }
)
"""httpx's names for failures before the first byte of the request has left."""


class TransportError(Exception):
    """No complete answer.

    Attributes:
        sent: Whether the request, or a part of it, may have reached the server.
        timed_out: Whether time ran out, as opposed to a broken connection.
        final: Whether trying again is known to be of no use.
    """

    def __init__(
        self, message: str, *, sent: bool, timed_out: bool = False, final: bool = False
    ) -> None:
        super().__init__(message)
        self.sent = sent
        self.timed_out = timed_out
        self.final = final


def from_httpx(error: Exception, *, reading: bool = False) -> TransportError:
    """An exception of httpx (or of its forks) in our terms. In doubt it was sent."""
    name = type(error).__name__
    text = str(error)
    return TransportError(
        f"{name}: {text}" if text else name,
        sent=reading or name not in _NOT_SENT,
        timed_out=name.endswith("Timeout"),
    )
