"""A promise of stability was taken back.

What
    `x-stability` of an operation is lower in the head than in the base (stable > beta >
    experimental).

Why
    Clients built on what was promised. Taking the promise back is how a breaking change
    would slip through the gate later.

Upgrade
    Expect it to change without further notice.

Bad
    base:
      paths:
        /orders:
          post:
            x-stability: stable
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-stability: beta
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            x-stability: beta
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-stability: stable
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Stability


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose stability sank."""
    order = list(Stability)
    for kept in comparison.changed():
        before, after = kept.base.lifecycle.stability, kept.head.lifecycle.stability
        if order.index(after) < order.index(before):
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"{kept.label} is {after.value} now; it was {before.value}",
                operation=kept.label,
                base=kept.base.origin,
                head=kept.head.origin,
                at=(("x-stability",), ("x-stability-level",)),
            )


RULE = Rule("stability-lowered", Tier.BEHAVIOUR, "lifecycle", "change", check)
