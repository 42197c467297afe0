"""Nonces that have been used with any of the API processes."""

from __future__ import annotations

from typing import Final

from redis.asyncio import Redis

from handlers.clock import Clock
from handlers.cluster.wire import REDIS_FAILED
from handlers.dispatch import overloaded
from handlers.exchange.times import SECOND

_GRACE_MS: Final = 2_000  # clocks of API processes may differ by a second; so may the last instant


class RedisNonceStore:
    """Nonces by key until their signatures have expired, in Redis.

    Where Redis does not answer, requests are turned away with 503: nobody could tell a replay.
    """

    def __init__(self, redis: Redis, clock: Clock) -> None:
        self._redis = redis
        self._clock = clock

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.
        """
        left = (expires * SECOND - self._clock()) // 1_000
        name = f"northgate:nonce:{len(key_id)}:{key_id}:{nonce}"
        try:
            answer = await self._redis.set(name, b"", nx=True, px=max(left, 0) + _GRACE_MS)
        except REDIS_FAILED as error:
            raise overloaded() from error
        return answer is not None
