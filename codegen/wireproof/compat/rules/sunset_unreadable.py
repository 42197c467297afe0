"""A sunset date cannot be read.

What
    `x-sunset` of an operation or a parameter in the head is no date, and was not the same in
    the base.

Why
    The date is what clients plan by. One that nobody can read announces nothing.

Upgrade
    Ask until when it will be there.

Bad
    base:
      paths:
        /orders:
          post:
            deprecated: true
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            deprecated: true
            x-sunset: soon
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            deprecated: true
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
from wireproof.compat.schemas.lifecycle import parsed


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each unreadable date that is new in the head."""
    for kept in comparison.changed():
        places = [(kept.base.origin, kept.head.origin)]
        places += [
            (pair.base.origin if pair.base else kept.base.origin, pair.head.origin)
            for pair in kept.parameters
            if pair.head is not None
        ]
        for before, after in places:
            written, old = after.get("x-sunset"), before.get("x-sunset")
            if written is None or parsed(written.value) is not None:
                continue
            if old is None or old.value != written.value:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the sunset date {written.value!r} is no date; write it as 2027-01-31",
                    operation=kept.label,
                    base=before,
                    head=written,
                )


RULE = Rule("sunset-unreadable", Tier.BEHAVIOUR, "lifecycle", "change", check)
