"""Fewer calls are allowed.

What
    `x-rate-limit-cost` of an operation rose, it moved to another bucket, or its bucket in
    `x-rate-limits` holds or refills less.

Why
    Clients that stay within the published limits are throttled now.

Upgrade
    Call less often, and wait as long as Retry-After says.

Bad
    base:
      x-rate-limits: {orders: {rate: 50, burst: 100, per: account}}
      paths:
        /orders:
          post:
            x-rate-limit-cost: {bucket: orders, cost: 1}
            responses: {"200": {description: ok}}
    head:
      x-rate-limits: {orders: {rate: 50, burst: 100, per: account}}
      paths:
        /orders:
          post:
            x-rate-limit-cost: {bucket: orders, cost: 5}
            responses: {"200": {description: ok}}

Good
    base:
      x-rate-limits: {orders: {rate: 50, burst: 100, per: account}}
      paths:
        /orders:
          post:
            x-rate-limit-cost: {bucket: orders, cost: 5}
            responses: {"200": {description: ok}}
    head:
      x-rate-limits: {orders: {rate: 80, burst: 100, per: account}}
      paths:
        /orders:
          post:
            x-rate-limit-cost: {bucket: orders, cost: 1}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import RateLimitBucket, RateLimitCost


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation that can be called less often than before."""
    before = {bucket.name: bucket for bucket in comparison.base.rate_limits}
    after = {bucket.name: bucket for bucket in comparison.head.rate_limits}
    for kept in comparison.changed():
        old, new = kept.base.rate_limit, kept.head.rate_limit
        if new is None or (old == new and before.get(new.bucket) == after.get(new.bucket)):
            continue
        why = _tighter(old, new, before, after)
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.BREAKING if why else Verdict.COMPATIBLE,
            why or "the rate limit was relaxed",
            operation=kept.label,
            base=kept.base.origin,
            head=kept.head.origin,
            at=(("x-rate-limit-cost",),),
        )


Buckets = Mapping[str, RateLimitBucket]


def _tighter(old: RateLimitCost | None, new: RateLimitCost, before: Buckets, after: Buckets) -> str:
    if old is None:
        return f"the operation is limited now: {new.cost} from bucket {new.bucket!r}"
    if new.cost > old.cost:
        return f"a call costs {new.cost} now; it cost {old.cost}"
    if new.bucket != old.bucket:
        return f"a call takes from bucket {new.bucket!r} now; it took from {old.bucket!r}"
    was, now = before.get(old.bucket), after.get(new.bucket)
    if was and now and (now.rate < was.rate or now.burst < was.burst):
        return (
            f"bucket {now.name!r} holds {now.burst} at {now.rate}/s now; "
            f"it held {was.burst} at {was.rate}/s"
        )
    return ""


RULE = Rule("rate-limit-tightened", Tier.BEHAVIOUR, "operation", "change", check)
