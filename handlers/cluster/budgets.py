"""Token buckets that all API processes draw on together."""

from __future__ import annotations

from typing import Any, Final

from redis.asyncio import Redis

from generated.server.runtime.plan import Bucket
from generated.server.runtime.ratelimit import Decision
from handlers.cluster.wire import REDIS_FAILED
from handlers.dispatch import overloaded

# One round trip, atomic, on Redis's own clock, so that it does not matter whose clock is right.
# The answer is text, because Redis cuts a number off at its point.
_TAKE: Final = """
local rate, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'since')
local level, since = tonumber(kept[1] or burst), tonumber(kept[2] or now)
level = math.min(burst, level + math.max(now - since, 0) * rate)
local allowed = level >= cost
if allowed then level = level - cost end
redis.call('HSET', KEYS[1], 'level', string.format('%.9f', level),
           'since', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - level) / rate * 1000) + 1000)
return {allowed and 1 or 0, string.format('%.9f', level)}
"""


class RedisRateLimiter:
    """Token buckets in Redis; one that must be full by now is forgotten by itself.

    Where Redis does not answer, requests are turned away with 503: a limit that fails open is none.
    """

    def __init__(self, redis: Redis) -> None:
        self._take = redis.register_script(_TAKE)

    async def take(self, bucket: Bucket, partition: str, cost: int) -> Decision:
        """Take `cost` tokens from the bucket of one account or address."""
        arguments = [bucket.rate, bucket.burst, cost]
        try:
            answer: Any = await self._take(
                [f"northgate:bucket:{bucket.name}:{partition}"], arguments
            )
        except REDIS_FAILED as error:
            raise overloaded() from error
        allowed, level = bool(answer[0]), float(answer[1])
        return Decision(
            allowed,
            remaining=int(level),
            reset=(bucket.burst - level) / bucket.rate,
            retry_after=0.0 if allowed else (cost - level) / bucket.rate,
        )
