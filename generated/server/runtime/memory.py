"""Stores that live in one process: for tests, mocks and small single-worker servers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from time import monotonic, time

from .plan import Bucket
from .ratelimit import Decision
from .signature import SigningKey


class MemoryKeyStore:
    """Keys in a dictionary."""

    def __init__(self, keys: Iterable[SigningKey] = ()) -> None:
        self._keys = {key.key_id: key for key in keys}

    def put(self, key: SigningKey) -> None:
        """Add or replace a key."""
        self._keys[key.key_id] = key

    def remove(self, key_id: str) -> None:
        """Forget a key."""
        self._keys.pop(key_id, None)

    async def find(self, key_id: str) -> SigningKey | None:
        """See `signature.KeyStore`."""
        return self._keys.get(key_id)


class MemoryNonceStore:
    """Nonces in a set, forgotten when their signatures have expired."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self._clock = clock
        self._seen: set[tuple[str, str]] = set()
        self._expiry: list[tuple[int, tuple[str, str]]] = []

    def __len__(self) -> int:
        return len(self._seen)

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """See `signature.NonceStore`."""
        now = self._clock()
        while self._expiry and self._expiry[0][0] < now:
            self._seen.discard(heappop(self._expiry)[1])
        entry = (key_id, nonce)
        if entry in self._seen:
            return False
        self._seen.add(entry)
        heappush(self._expiry, (expires, entry))
        return True


class MemoryRateLimiter:
    """Token buckets in a dictionary; full buckets are forgotten now and then."""

    def __init__(self, clock: Callable[[], float] = monotonic, most: int = 100_000) -> None:
        self._clock = clock
        self._most = most
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}

    async def take(self, bucket: Bucket, partition: str, cost: int) -> Decision:
        """See `ratelimit.RateLimiter`."""
        now = self._clock()
        key = (bucket.name, partition)
        level, since = self._levels.get(key, (float(bucket.burst), now))
        level = min(float(bucket.burst), level + (now - since) * bucket.rate)
        allowed = level >= cost
        if allowed:
            level -= cost
        if len(self._levels) >= self._most and key not in self._levels:
            self._forget(bucket, now)
        self._levels[key] = (level, now)
        return Decision(
            allowed,
            remaining=int(level),
            reset=(bucket.burst - level) / bucket.rate,
            retry_after=0.0 if allowed else (cost - level) / bucket.rate,
        )

    def _forget(self, bucket: Bucket, now: float) -> None:
        """Drop what must be full by now: as good as never seen."""
        age = bucket.burst / bucket.rate
        self._levels = {
            key: (level, since)
            for key, (level, since) in self._levels.items()
            if key[0] != bucket.name or now - since < age
        }
