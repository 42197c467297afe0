"""A parameter is new.

What
    A parameter that only the head declares.

Why
    Clients of the base do not send it. If it is required, every one of their requests is
    refused.

Upgrade
    Send the parameter with every call.

Bad
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: account, in: query, required: true, schema: {type: string}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: account, in: query, schema: {type: string}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter that only the head declares."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.head is None or pair.base is not None:
                continue
            breaks = pair.head.required and not kept.inverted
            need = "required" if pair.head.required else "optional"
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                f"the {need} {pair.head.location.value} parameter {pair.head.name!r} was added",
                operation=kept.label,
                side=kept.request,
                head=pair.head.origin,
                detail=f"{pair.head.location.value}:{pair.head.name}",
            )


RULE = Rule("parameter-added", Tier.WIRE, "parameter", "add", check)
