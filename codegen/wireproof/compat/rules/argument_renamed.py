"""An argument of a method has another name.

What
    The name of an argument in the SDKs (`x-sdk-name`, else the wire's) differs.

Why
    Source code that gives it by name no longer compiles.

Upgrade
    Rename the argument in your calls.

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
            parameters: [{name: limit, in: query, schema: {type: integer}, x-sdk-name: page_size}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import calls


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each argument with another name."""
    for found in calls(comparison):
        for before, after in found.arguments():
            if after is not None and after.name != before.name:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the argument {before.name} is called {after.name} now",
                    operation=found.kept.label,
                    base=found.kept.base.origin,
                    head=found.kept.head.origin,
                    detail=before.name,
                )


RULE = Rule("argument-renamed", Tier.SDK, "operation", "change", check)
