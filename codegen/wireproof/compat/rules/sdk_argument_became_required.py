"""A method of the SDKs needs another argument.

What
    An argument of an operation's call is required in the head and is optional or unknown in
    the base.

Why
    Source code that leaves it out no longer compiles.

Upgrade
    Pass the argument in every call.

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
            parameters: [{name: limit, in: query, schema: {type: integer}, required: true}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import calls


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each argument that is newly required."""
    for found in calls(comparison):
        needed = [b for a, b in found.arguments() if b and b.required and not a.required]
        needed += [one for one in found.new() if one.required]
        for argument in needed:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the call needs the argument {argument.name} now",
                operation=found.kept.label,
                base=found.kept.base.origin,
                head=found.kept.head.origin,
                detail=argument.name,
            )


RULE = Rule("sdk-argument-became-required", Tier.SDK, "operation", "change", check)
