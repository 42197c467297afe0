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
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Operation
from wireproof.source.node import Node


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
            spots=(None, _gap(comparison, pair.base)),
        )


def _gap(comparison: Comparison, operation: Operation) -> Node | None:
    """Where it stood would be: its path, or all of them; None for callbacks."""
    home, path, *rest = operation.origin.path
    if home not in ("paths", "webhooks") or len(rest) != 1:
        return None
    return spot(comparison.head.origin, [(home, path), (home,)])


RULE = Rule("operation-removed", Tier.WIRE, "operation", "remove", check)
