"""A sunset date moved closer, or went.

What
    `x-sunset` of an operation is earlier than in the base, or missing while the operation
    is still deprecated.

Why
    Clients planned their migration by the date. It may move away, never closer, and not
    into the dark.

Upgrade
    Migrate before the new date.

Bad
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
            deprecated: true
            x-sunset: 2030-01-31
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            deprecated: true
            x-sunset: 2030-01-31
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            deprecated: true
            x-sunset: 2031-01-31
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation and parameter whose time to migrate shrinks."""
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
        for what, before, after, base, head in rows:
            if before.sunset is None or not after.deprecated:
                continue
            if after.sunset is None or after.sunset < before.sunset:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the sunset date of {what} is {after.sunset or 'gone'} now; "
                    f"it was {before.sunset}",
                    operation=kept.label,
                    base=base,
                    head=head,
                    at=(("x-sunset",),),
                    detail=what,
                )


RULE = Rule("sunset-moved", Tier.BEHAVIOUR, "lifecycle", "change", check)
