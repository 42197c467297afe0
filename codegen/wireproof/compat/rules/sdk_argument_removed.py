"""A method of the SDKs lost an argument.

What
    An argument of an operation's call (a parameter, or a field of its body) is missing in the
    head.

Why
    Source code that gives it no longer compiles.

Upgrade
    Stop passing the argument.

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
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import calls


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each argument that the head's call lacks."""
    for found in calls(comparison):
        for before, after in found.arguments():
            if after is None:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the call no longer takes the argument {before.name}",
                    operation=found.kept.label,
                    base=found.kept.base.origin,
                    head=found.kept.head.origin,
                    detail=before.name,
                )


RULE = Rule("sdk-argument-removed", Tier.SDK, "operation", "remove", check)
