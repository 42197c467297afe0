"""A status is no longer answered.

What
    A response of the base (by status) that the head does not document, nor cover with `4XX`
    or `default`.

Why
    Removing a success status means that success looks different now: clients that wait for
    it do not find it. Removing an error status is harmless: nobody depends on failing in
    that way.

Upgrade
    request: Answer with one of the statuses that are left.
    response: Stop waiting for that status.

Bad
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}, "201": {description: d}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}, "404": {description: d}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each status that the head does not cover."""
    for kept in comparison.changed():
        head = {response.status.lower() for response in kept.head.responses}
        for response in kept.base.responses:
            status = response.status.lower()
            if head & {status, f"{status[:1]}xx", "default"}:
                continue
            narrower = status == "2xx" and any(one.startswith("2") for one in head)
            breaks = status.startswith("2") and (kept.inverted or not narrower)
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                f"the response {response.status} was removed",
                operation=kept.label,
                side=kept.response,
                base=response.origin,
                spots=(None, spot(kept.head.origin, [("responses",)])),
                detail=response.status,
            )


RULE = Rule("response-status-removed", Tier.BEHAVIOUR, "response", "remove", check)
