"""Buckets of rate limits are declared.

What
    `x-rate-limit-cost` names a bucket that the root's `x-rate-limits` does not have, or takes
    more than its `burst` holds.

Why
    Nobody knows the rate of a bucket that is not there, and a call that costs more than the
    bucket holds can never be made.

Bad
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get:
          x-rate-limit-cost: {bucket: read, cost: 1}
          responses: {'200': {description: ok}}

Good
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get:
          x-rate-limit-cost: {bucket: reads, cost: 1}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a bucket that is not there, or at a cost that it cannot hold."""
    buckets = scope.facts.names("x-rate-limits")
    declared = node.get("x-rate-limit-cost")
    bucket = declared.get("bucket") if declared is not None else None
    if declared is None or bucket is None or not isinstance(bucket.value, str):
        return
    if bucket.value not in buckets:
        near = get_close_matches(bucket.value, list(buckets), n=1)
        hint = f"did you mean {near[0]}?" if near else "declare it in x-rate-limits at the root"
        yield Problem(bucket, f"there is no bucket {bucket.value}", hint)
        return
    limits, cost = buckets[bucket.value].value, declared.get("cost")
    burst = limits.get("burst") if isinstance(limits, dict) else None
    if cost is not None and isinstance(cost.value, int) and isinstance(burst, int):  # noqa: SIM102 - reads as two questions
        if cost.value > burst:
            yield Problem(
                cost,
                f"a call costs {cost.value}, but the bucket {bucket.value} holds {burst}",
                "lower the cost, or raise the burst",
            )


RULE = Rule(
    "rate-limit-bucket",
    Severity.ERROR,
    ("operation",),
    check,
    keys=frozenset({"x-rate-limit-cost"}),
)
