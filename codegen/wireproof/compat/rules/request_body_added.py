"""A request body is new.

What
    The head declares a request body, the base none.

Why
    Clients of the base send none. If it is required, their requests are refused.

Upgrade
    Send a body with every call.

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
            requestBody: {required: true, content: {application/json: {}}}
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
            requestBody: {content: {application/json: {}}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation that takes a body now."""
    for kept in comparison.changed():
        if kept.head.request is None or kept.base.request is not None:
            continue
        breaks = kept.head.request.required and not kept.inverted
        need = "required" if kept.head.request.required else "optional"
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
            f"{'a' if need == 'required' else 'an'} {need} request body was added",
            operation=kept.label,
            side=kept.request,
            head=kept.head.request.origin,
        )


RULE = Rule("request-body-added", Tier.WIRE, "body", "add", check)
