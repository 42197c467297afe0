"""Failed authentication: what it costs an address to be wrong.

Checking a signature or a password is dear, and guessing is for free unless somebody counts. Each
request whose credentials are not good takes a token from a bucket of its address. When that is
empty, the address is held off: its requests are refused before their body is read and anything is
verified, good ones too, until the bucket has a token again. The bucket is the application's
`RateLimiter`'s, so all workers share it; who is held off is known by each worker, so that good
requests cost no look at the limiter. Requests without credentials cost nothing: they are refused
for the price of a look. Every counted refusal carries the bucket's `RateLimit` fields, so that
nobody is held off without a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from .auth import Authenticate
from .context import Context
from .plan import Bucket
from .problem import Problem
from .ratelimit import RateLimiter, limited, state_fields

_UNAUTHORIZED = 401
_MOST = 10_000
_DETAIL = "Too many requests from this address could not be authenticated."


class FailedAuth:
    """Counts failed authentication by address."""

    def __init__(
        self, bucket: Bucket, limiter: RateLimiter, clock: Callable[[], float] = monotonic
    ) -> None:
        """With a bucket whose partition is `ip`. `clock` gives seconds, from any start."""
        if bucket.partition != "ip":
            raise ValueError("failed authentication is counted by address: partition='ip'")
        self._bucket = bucket
        self._limiter = limiter
        self._fields = state_fields(bucket)
        self._clock = clock
        self._held: dict[str, float] = {}

    def refuse_held(self, context: Context) -> None:
        """Refuse an address that is held off. Raises Problem 429."""
        until = self._held.get(context.client_ip) if self._held else None
        if until is None:
            return
        wait = until - self._clock()
        if wait > 0:
            raise limited(_DETAIL, wait)
        self._held.pop(context.client_ip, None)

    def counting(self, authenticate: Authenticate) -> Authenticate:
        """The same authentication, its failures counted."""

        async def authenticate_counted(context: Context) -> None:
            try:
                await authenticate(context)
            except Problem as problem:
                if problem.status == _UNAUTHORIZED and problem.code != "credentials_missing":
                    await self._count(context)
                raise

        return authenticate_counted

    async def _count(self, context: Context) -> None:
        address = context.client_ip
        decision = await self._limiter.take(self._bucket, address, 1)
        context.response_headers += self._fields(decision)
        if decision.allowed:
            return
        now = self._clock()
        if len(self._held) >= _MOST:
            self._held = {held: until for held, until in self._held.items() if until > now}
        if len(self._held) < _MOST:
            self._held[address] = now + decision.retry_after
        raise limited(_DETAIL, decision.retry_after)
