"""An operation's id is another one.

What
    `operationId` (or `x-sdk-name`) differs between the two contracts.

Why
    The id names the method in every generated SDK: code that calls it no longer compiles.

Upgrade
    Call the SDK's method by its new name.

Bad
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
            operationId: placeOrder
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
            summary: Place an order
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose SDK method changes its name."""
    for kept in comparison.changed():
        before = kept.base.sdk_name or kept.base.id
        after = kept.head.sdk_name or kept.head.id
        if before != after:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the operation is called {after!r} now; it was {before!r}",
                operation=kept.label,
                base=kept.base.origin,
                head=kept.head.origin,
                at=(("x-sdk-name",), ("operationId",)),
                detail=f"{before}->{after}",
            )


RULE = Rule("operation-id-changed", Tier.SDK, "operation", "change", check)
