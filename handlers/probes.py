"""Probes and metrics for whoever runs the venue: an application of its own, on a port of its own.

They are no part of the contract, so the public port does not know them. `/healthz`: the process
works; restart it if not. `/readyz`: send it traffic; 503 while the journal is replayed, from the
moment of a drain, and once the journal has failed. Where a venue has shards it is 200 as long as
one of them is served, and says which is not. `/metrics`: Prometheus' text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handlers.headers import ALWAYS, App, Message, Send
from handlers.metrics import CONTENT_TYPE, Metrics

_TEXT: Final = b"text/plain; charset=utf-8"
_OK, _NOT_FOUND, _NOT_ALLOWED, _UNAVAILABLE = 200, 404, 405, 503


class Readiness:
    """Whether traffic may come: the core takes commands, and nobody has begun to drain."""

    def __init__(self, core: Callable[[], bool], but: Callable[[], str] = lambda: "") -> None:
        self._core = core
        self._but = but
        self._draining = False

    def drain(self) -> None:
        """Say no from now on, for good."""
        self._draining = True

    @property
    def reason(self) -> str:
        """Why no traffic should come; "" where it may."""
        if self._draining:
            return "draining"
        return "" if self._core() else "the core is not running"

    @property
    def notice(self) -> str:
        """What is missing although traffic may come, or ""."""
        return self._but()


def probes(readiness: Readiness, metrics: Metrics) -> App:
    """The ASGI application of the admin port."""

    def answer(path: str) -> tuple[int, bytes, bytes]:
        match path:
            case "/healthz":
                return _OK, _TEXT, b"ok\n"
            case "/readyz":
                reason = readiness.reason
                if not reason:
                    notice = readiness.notice
                    return _OK, _TEXT, f"ready{', but ' if notice else ''}{notice}\n".encode()
                return _UNAVAILABLE, _TEXT, f"{reason}\n".encode()
            case "/metrics":
                return _OK, CONTENT_TYPE, metrics.render()
            case _:
                return _NOT_FOUND, _TEXT, b"not found\n"

    async def app(scope: Message, _receive: object, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, kind, body = answer(scope["path"])
        fields = [
            (b"content-type", kind),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            *ALWAYS,
        ]
        if scope["method"] not in ("GET", "HEAD"):
            status, body = _NOT_ALLOWED, b""
            fields[:2] = [(b"allow", b"GET, HEAD"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body}
        )

    return app
