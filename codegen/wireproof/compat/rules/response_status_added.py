"""A status is newly answered.

What
    A response of the head (by status) that the base does not document, nor cover with `4XX`
    or `default`.

Why
    A new success status is a success that clients of the base do not recognise. A new error
    status tells apart what failed before in another way; clients have to expect errors, so
    it is reported, and breaks nobody.

Upgrade
    Handle the new status as a success.

Bad
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}, "202": {description: d}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}, "429": {description: d}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each status that the base does not cover."""
    for kept in comparison.changed():
        base = {response.status.lower() for response in kept.base.responses}
        for response in kept.head.responses:
            status = response.status.lower()
            if base & {status, f"{status[:1]}xx", "default"}:
                continue
            breaks = status.startswith("2") and not kept.inverted
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                f"the response {response.status} was added",
                operation=kept.label,
                side=kept.response,
                head=response.origin,
                detail=response.status,
            )


RULE = Rule("response-status-added", Tier.BEHAVIOUR, "response", "add", check)
