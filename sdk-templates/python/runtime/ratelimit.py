"""Local token buckets, so that a client slows down before the server has to refuse it.

Each cost class of the contract has a bucket of its own: cancels never wait behind reads. Levels
are corrected from the RateLimit and RateLimit-Policy fields (draft-ietf-httpapi-ratelimit-headers,
version 10) and from Retry-After on 429.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from .headers import Headers

_ITEM = re.compile(r'\s*"([^"\\]*)"((?:\s*;\s*[a-z*][a-z0-9_.*-]*(?:=[^;,\s]*)?)*)')
_PARAMETER = re.compile(r";\s*([a-z*][a-z0-9_.*-]*)=([^;,\s]*)")
_LONGEST_REFUSAL_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """A declared bucket: tokens per second, and how many it holds."""

    rate: float
    burst: float


class RateLimiter:
    """The buckets of one client; safe to use from many threads."""

    def __init__(
        self, buckets: Mapping[str, Bucket], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._buckets = buckets
        self._monotonic = monotonic
        self._lock = threading.Lock()
        now = monotonic()
        self._levels = {name: (bucket.burst, now) for name, bucket in buckets.items()}

    def reserve(self, name: str, tokens: float = 1) -> float:
        """Take tokens, and say how many seconds to wait before they may be used."""
        bucket = self._buckets.get(name)
        if bucket is None or bucket.rate <= 0:
            return 0.0
        with self._lock:
            level = self._level(name, bucket) - tokens
            self._levels[name] = (level, self._monotonic())
        return max(0.0, -level / bucket.rate)

    def give_back(self, name: str, tokens: float = 1) -> None:
        """Return tokens that were reserved and not used."""
        bucket = self._buckets.get(name)
        if bucket is not None:
            with self._lock:
                level = min(bucket.burst, self._level(name, bucket) + tokens)
                self._levels[name] = (level, self._monotonic())

    def learn(self, headers: Headers) -> None:
        """Correct levels downwards from the server's count of what is left."""
        field = headers.get("ratelimit")
        if not field:
            return
        for name, parameters in parse_items(field):
            bucket = self._buckets.get(name)
            remaining = parameters.get("r")
            if bucket is not None and remaining is not None:
                with self._lock:
                    level = min(self._level(name, bucket), max(remaining, 0.0))
                    self._levels[name] = (level, self._monotonic())

    def refused(self, name: str, seconds: float) -> None:
        """The server refused for lack of tokens: the bucket is empty for that long.

        Whatever the server asks for: after a minute a call sees whether it still holds.
        """
        seconds = min(seconds, _LONGEST_REFUSAL_SECONDS)
        bucket = self._buckets.get(name)
        if bucket is not None:
            with self._lock:
                level = min(self._level(name, bucket), -seconds * bucket.rate)
                self._levels[name] = (level, self._monotonic())

    def _level(self, name: str, bucket: Bucket) -> float:
        level, then = self._levels[name]
        return min(bucket.burst, level + (self._monotonic() - then) * bucket.rate)


def parse_items(field: str) -> Iterable[tuple[str, dict[str, float]]]:
    """The items of a RateLimit field with their numeric parameters: `"orders";r=42;t=1`."""
    for item in _ITEM.finditer(field):
        parameters: dict[str, float] = {}
        for key, text in _PARAMETER.findall(item[2]):
            try:
                number = float(text)
            except ValueError:
                continue
            if isfinite(number):
                parameters[key] = number
        yield item[1], parameters


def reset_seconds(headers: Headers) -> float | None:
    """The longest `t` (seconds until tokens return) of the buckets that are empty."""
    items = parse_items(headers.get("ratelimit", ""))
    waits = [p["t"] for _, p in items if p.get("r", 0.0) <= 0 and "t" in p]
    return max(waits, default=None)
