"""A status is newly answered.

What
    A response of the head (by status) that the base does not document, nor cover with `4XX`
    or `default`: a status of its own, a range in place of one status (`200` is `2XX` now), or
    `default` in place of all. A `default` beside a success is for errors, and covers no success.

Why
    A new success status is a success that clients of the base do not recognise: who handles 200
    takes 202 for a failure. A new error status tells apart what failed before in another way;
    clients have to expect errors, so it is reported, and breaks nobody. So it is with redirects,
    which HTTP clients follow by their class.

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
from wireproof.compat.statuses import DEFAULT, covers, is_outcome, is_success, statuses


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each status that the base does not cover."""
    for kept in comparison.changed():
        base, head = statuses(kept.base.responses), statuses(kept.head.responses)
        for response in kept.head.responses:
            status = response.status.lower()
            anything = status == DEFAULT and not any(map(is_outcome, head))
            if covers(base, status) and not (anything and any(map(is_outcome, base))):
                continue
            breaks = (is_success(status) or anything) and not kept.inverted
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                _message(response.status, base, anything=anything),
                operation=kept.label,
                side=kept.response,
                head=response.origin,
                detail=response.status,
            )


def _message(status: str, base: frozenset[str], *, anything: bool) -> str:
    """For a range, what of it was answered before."""
    family = sorted(one for one in base if one != DEFAULT and one[0] == status[0].lower())
    if anything and any(map(is_outcome, base)):
        family = sorted(filter(is_outcome, base))
        return f"any status may be answered now; it was {', '.join(family)}"
    if status.lower().endswith("xx") and family:
        return f"any {status} may be answered now; it was {', '.join(family)}"
    return f"the response {status} was added"


RULE = Rule("response-status-added", Tier.BEHAVIOUR, "response", "add", check)
