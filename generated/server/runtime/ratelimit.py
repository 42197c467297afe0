"""Rate limits: what a call costs comes from the contract, who counts it from the application.

Header fields follow draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` tells a bucket's
size, `RateLimit` what is left; a refusal adds `Retry-After` (RFC 9110 10.2.3).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from typing import NamedTuple, Protocol

from .context import Context
from .plan import Bucket, RateCost
from .problem import Problem


class Decision(NamedTuple):
    """What a limiter says about one call.

    Attributes:
        allowed: Whether the call may go on; its tokens are taken then, and only then.
        remaining: Whole tokens left.
        reset: Seconds until the bucket is full again.
        retry_after: Seconds until this call would be allowed; 0 where it is.
    """

    allowed: bool
    remaining: int
    reset: float
    retry_after: float = 0.0


class RateLimiter(Protocol):
    """Counts tokens; shared by all workers."""

    async def take(self, bucket: Bucket, partition: str, cost: int) -> Decision:
        """Take `cost` tokens from the bucket of one account or address."""


Charge = Callable[[Context], Awaitable[None]]
StateFields = Callable[[Decision], tuple[tuple[bytes, bytes], ...]]


def state_fields(bucket: Bucket) -> StateFields:
    """What tells a bucket's size and what a decision left of it, as header fields."""
    name = f'"{bucket.name}"'
    window = ceil(bucket.burst / bucket.rate)
    policy = (b"ratelimit-policy", f"{name};q={bucket.burst};w={window}".encode("latin-1"))

    def fields(decision: Decision) -> tuple[tuple[bytes, bytes], ...]:
        state = f"{name};r={decision.remaining};t={ceil(decision.reset)}"
        return policy, (b"ratelimit", state.encode("latin-1"))

    return fields


def limited(detail: str, seconds: float) -> Problem:
    """The 429 of a call that is allowed again in so many seconds."""
    wait = max(1, ceil(seconds))
    return Problem(429, "rate_limited", detail, headers=[("retry-after", str(wait))])


def compile_charge(
    cost: RateCost | None, buckets: Mapping[str, Bucket], limiter: RateLimiter | None
) -> Charge | None:
    """What charges the calls of one operation; None where nobody counts."""
    if cost is None or limiter is None or cost.bucket not in buckets:
        return None
    bucket = buckets[cost.bucket]
    tokens = cost.cost
    fields = state_fields(bucket)
    per_ip = bucket.partition == "ip"
    detail = f"The bucket {bucket.name} is empty; it gains {bucket.rate:g} tokens a second."

    async def charge(context: Context) -> None:
        partition = context.client_ip if per_ip else context.principal.subject
        decision = await limiter.take(bucket, partition or context.client_ip, tokens)
        context.response_headers += fields(decision)
        if not decision.allowed:
            raise limited(detail, decision.retry_after)

    return charge
