"""What else a signed read takes before it can face clients, written by hand for one service.

The venue does all of it on each request: an id, a histogram by operation and status, the header
fields that keep browsers and caches from doing what nobody meant, a token bucket for each account
or address and the fields that tell what is left of it. As a careful engineer would: middleware in
plain ASGI (Starlette's `BaseHTTPMiddleware`, which FastAPI's documentation shows, costs more), a
dictionary of buckets, labels looked up once.
"""

import os
import time
from collections.abc import Awaitable, Callable, MutableMapping
from itertools import count
from math import ceil
from typing import Any

from prometheus_client import CollectorRegistry, Histogram

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
FIELDS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]


class Around:
    """ASGI middleware: request ids, metrics, security fields."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.ids = count(1)
        self.process = os.urandom(8).hex()
        self.seconds = Histogram(
            "request_seconds",
            "Time from the request to its answer.",
            ("path", "status"),
            buckets=SECONDS,
            registry=CollectorRegistry(),
        )
        self.series: dict[tuple[str, int], Histogram] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500
        request_id = f"{self.process}-{next(self.ids):x}".encode()

        async def send_more(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id),
                    *FIELDS,
                ]
            await send(message)

        try:
            await self.app(scope, receive, send_more)
        finally:
            route = scope.get("route")  # its template, as far as the request found one
            key = (getattr(route, "path", ""), status)
            series = self.series.get(key)
            if series is None:
                series = self.series[key] = self.seconds.labels(key[0], str(status))
            series.observe(time.perf_counter() - started)


class Bucket:
    """A token bucket for each account or address."""

    def __init__(self, name: str, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self.policy = f'"{name}";q={burst};w={ceil(burst / rate)}'
        self.name = name
        self.levels: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> tuple[bool, str]:
        """Whether there was a token, and the RateLimit field that tells what is left."""
        now = time.monotonic()
        level, since = self.levels.get(who, (float(self.burst), now))
        level = min(float(self.burst), level + (now - since) * self.rate)
        allowed = level >= 1
        level -= allowed
        self.levels[who] = (level, now)
        reset = ceil((self.burst - level) / self.rate)
        return allowed, f'"{self.name}";r={int(level)};t={reset}'
