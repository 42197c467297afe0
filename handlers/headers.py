"""Header fields that keep browsers and caches from doing what nobody meant.

An API's answers are data: never to be sniffed, framed, run, or kept by a cache. OWASP REST
Security Cheat Sheet; Fetch (nosniff), RFC 9111 5.2.2.5 (no-store), RFC 6797 (HSTS, TLS only).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], "Send"], Awaitable[None]]
Send = Callable[[Message], Awaitable[None]]

ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
)
_CACHE_CONTROL: Final = b"cache-control"
_NO_STORE: Final = (_CACHE_CONTROL, b"no-store")
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class SecurityHeaders:
    """ASGI middleware that adds the fields to every answer, problems and 404s included."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        """Serve one connection event."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        more = (*ALWAYS, _HSTS) if scope["scheme"] == "https" else ALWAYS

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = message["headers"] = [*message["headers"], *more]
                if _CACHE_CONTROL not in [name for name, _ in fields]:
                    fields.append(_NO_STORE)
            await send(message)

        await self._app(scope, receive, send_more)
