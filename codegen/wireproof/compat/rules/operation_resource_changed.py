"""An operation moved to another resource.

What
    The first tag differs between the two contracts.

Why
    The first tag names the resource in every generated SDK: `client.orders.create` is gone
    when the tag is no longer `orders`.

Upgrade
    Call it on the resource that it belongs to now.

Bad
    base:
      paths:
        /orders:
          post:
            tags: [orders]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            tags: [trading]
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            tags: [orders]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            tags: [orders, trading]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose first tag differs."""
    for kept in comparison.changed():
        before = next(iter(kept.base.tags), "")
        after = next(iter(kept.head.tags), "")
        if before != after:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"its first tag is {after!r} now; it was {before!r}",
                operation=kept.label,
                base=kept.base.origin,
                head=kept.head.origin,
                at=(("tags", 0), ("tags",)),
                detail=f"{before}->{after}",
            )


RULE = Rule("operation-resource-changed", Tier.SDK, "operation", "change", check)
