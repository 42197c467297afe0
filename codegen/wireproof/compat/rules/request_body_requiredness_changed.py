"""A request body became required, or optional.

What
    `required` of the request body differs.

Why
    Requests without a body are refused when it is required now.

Upgrade
    request: Send a body with every call.
    response: Handle its absence.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody: {content: {application/json: {}}}
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
            requestBody: {required: true, content: {application/json: {}}}
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
    """One finding for each body whose `required` differs."""
    for kept in comparison.changed():
        before, after = kept.base.request, kept.head.request
        if before is None or after is None or before.required == after.required:
            continue
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.BREAKING if after.required is not kept.inverted else Verdict.COMPATIBLE,
            f"the request body became {'required' if after.required else 'optional'}",
            operation=kept.label,
            side=kept.request,
            base=before.origin,
            head=after.origin,
            at=(("required",),),
        )


RULE = Rule("request-body-requiredness-changed", Tier.WIRE, "body", "change", check)
