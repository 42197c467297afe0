"""Something is announced to go.

What
    An operation or a parameter is deprecated in the head and was not in the base.

Why
    Nothing breaks. Without a sunset date (`x-sunset`) nobody knows how long they have; the
    date must be stated for a removal to pass the gate later.

Upgrade
    Stop using it before it goes.

Bad
    base:
      paths:
        /orders:
          get:
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          get:
            deprecated: true
            x-sunset: 2020-01-31
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            operationId: createOrder
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            operationId: createOrder
            deprecated: true
            x-sunset: 2030-01-31
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation and parameter that became deprecated."""
    hasty = comparison.policy.hasty
    for kept in comparison.changed():
        rows = [
            (
                kept.label,
                kept.base.lifecycle,
                kept.head.lifecycle,
                kept.base.origin,
                kept.head.origin,
            )
        ]
        rows += [
            (
                f"the parameter {p.head.name!r}",
                p.base.lifecycle,
                p.head.lifecycle,
                p.base.origin,
                p.head.origin,
            )
            for p in kept.parameters
            if p.base is not None and p.head is not None
        ]
        for what, before, after, old, new in rows:
            if after.deprecated and not before.deprecated:
                until = f"until {after.sunset}" if after.sunset else "without a sunset date"
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING if hasty(after) else Verdict.COMPATIBLE,
                    f"{what} was deprecated {until}",
                    operation=kept.label,
                    base=old,
                    head=new,
                    at=(("deprecated",),),
                    detail=what,
                )


RULE = Rule("deprecated", Tier.BEHAVIOUR, "lifecycle", "change", check)
