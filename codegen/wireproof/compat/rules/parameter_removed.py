"""A parameter is gone.

What
    A query, header, cookie or path parameter of the base that the head does not declare.

Why
    Clients still send it. A server that refuses unknown parameters rejects them, and one
    that ignores them silently does something else than asked: a filter no longer filters.
    Unless the parameter was deprecated with a sunset date that has passed, that breaks
    behaviour.

Upgrade
    request: Stop sending the parameter: it has no effect or is refused.
    response: Do without the parameter: it is no longer sent.

Bad
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: limit, in: query, schema: {type: integer}}
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
            parameters:
              - {name: limit, in: query, deprecated: true, x-sunset: 2020-01-31, schema: {}}
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
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter that only the base declares."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.base is None or pair.head is not None:
                continue
            life = pair.base.lifecycle
            expired = life.deprecated and life.sunset and life.sunset <= comparison.policy.today
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.COMPATIBLE if expired else Verdict.BREAKING,
                f"the {pair.base.location.value} parameter {pair.base.name!r} was removed",
                operation=kept.label,
                side=kept.request,
                base=pair.base.origin,
                spots=(None, spot(kept.head.origin, [("parameters",)])),
                detail=f"{pair.base.location.value}:{pair.base.name}",
            )


RULE = Rule("parameter-removed", Tier.BEHAVIOUR, "parameter", "remove", check)
