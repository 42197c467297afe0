"""A request body is gone.

What
    The base declares a request body, the head none.

Why
    What clients send in it is refused or ignored.

Upgrade
    request: Stop sending a body: it has no effect or is refused.
    response: Do without the body: it is no longer sent.

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
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation that no longer takes a body."""
    for kept in comparison.changed():
        if kept.base.request is not None and kept.head.request is None:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                "the request body was removed",
                operation=kept.label,
                side=kept.request,
                base=kept.base.request.origin,
                spots=(None, kept.head.origin),
            )


RULE = Rule("request-body-removed", Tier.BEHAVIOUR, "body", "remove", check)
