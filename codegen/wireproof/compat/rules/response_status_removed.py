"""A status is no longer answered.

What
    A response of the base (by status) that the head does not document, nor cover with `4XX`
    or `default`. A `default` beside a success is for errors, and covers no success.

Why
    Removing a success or a redirect means that the call ends in another way now: clients that
    wait for `201`, or follow the `Location` of `302`, do not find it. Removing an error status is
    harmless: nobody depends on failing in that way. Neither is `304`: it saves a transfer.

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
from wireproof.compat.statuses import covers, is_outcome, statuses


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each status that the head does not cover."""
    for kept in comparison.changed():
        head = statuses(kept.head.responses)
        for response in kept.base.responses:
            status = response.status.lower()
            if covers(head, status):
                continue
            narrower = status.endswith("xx") and any(one.startswith(status[0]) for one in head)
            breaks = is_outcome(status) and (kept.inverted or not narrower)
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
