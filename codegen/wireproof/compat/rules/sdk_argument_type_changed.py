"""An argument of a method is of another type.

What
    The type of an argument of an operation's call differs.

Why
    Source code that gives it no longer compiles.

Upgrade
    Pass a value of the new type.

Bad
    base:
      paths:
        /orders:
          get:
            operationId: listOrders
            parameters: [{name: limit, in: query, schema: {type: integer}}]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          get:
            operationId: listOrders
            parameters: [{name: limit, in: query, schema: {type: string}}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import calls, spelled, told


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each argument of another type."""
    for found in calls(comparison):
        for before, after in found.arguments():
            if after is None:
                continue
            old = spelled(before.type, comparison.base)
            new = spelled(after.type, comparison.head)
            if old == new:
                continue
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the argument {before.name} is {told(new)} now; it was {told(old)}",
                operation=found.kept.label,
                base=found.kept.base.origin,
                head=found.kept.head.origin,
                detail=before.name,
            )


RULE = Rule("sdk-argument-type-changed", Tier.SDK, "operation", "change", check)
