"""An operation is gone.

What
    A method on a path, a webhook or a callback that the base contract has and the head has not.

Why
    Every client that calls it gets 404 or 405. An operation may go once it was deprecated with a
    sunset date (`x-sunset`) and that date has passed; experimental operations may go at any time.

Upgrade
    Stop calling it.

Bad
    base:
      paths: {/orders: {get: {responses: {"200": {description: ok}}}}}
    head:
      paths: {}

Good
    base:
      paths:
        /orders:
          get: {deprecated: true, x-sunset: 2020-01-31, responses: {"200": {description: ok}}}
    head:
      paths: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation that only the base has."""
    for pair in comparison.pairs:
        if pair.base is None or pair.head is not None:
            continue
        life = pair.base.lifecycle
        expired = life.deprecated and life.sunset and life.sunset <= comparison.policy.today
        reason = (
            f"after its sunset date {life.sunset}"
            if expired
            else f"before its sunset date {life.sunset}"
            if life.sunset
            else "without a sunset date"
        )
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.COMPATIBLE if expired else Verdict.BREAKING,
            f"{pair.label} was removed {reason}",
            operation=pair.label,
            base=pair.base.origin,
        )


RULE = Rule("operation-removed", Tier.WIRE, "operation", "remove", check)
