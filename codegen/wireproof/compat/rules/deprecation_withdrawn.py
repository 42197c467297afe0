"""What was announced to go stays.

What
    An operation or a parameter is deprecated in the base and no longer in the head.

Why
    Nothing breaks.

Good
    base:
      paths:
        /orders:
          post:
            deprecated: true
            x-sunset: 2031-01-31
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation and parameter that is deprecated no longer."""
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
            if before.deprecated and not after.deprecated:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE,
                    f"{what} is no longer deprecated",
                    operation=kept.label,
                    base=old,
                    head=new,
                    at=(("deprecated",),),
                    detail=what,
                )


RULE = Rule("deprecation-withdrawn", Tier.BEHAVIOUR, "lifecycle", "change", check)
