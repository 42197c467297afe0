"""A parameter may be sent empty, or no longer.

What
    `allowEmptyValue` of a query parameter differs.

Why
    Clients that send `?all=` (or `?all`) as the base allows are refused once the head does not.

Upgrade
    request: Send a value, or leave the parameter out.
    response: Handle an empty value.

Bad
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: all, in: query, schema: {type: integer}, allowEmptyValue: true}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: all, in: query, schema: {type: integer}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: all, in: query, schema: {type: integer}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: all, in: query, schema: {type: integer}, allowEmptyValue: true}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter whose `allowEmptyValue` differs."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.base is None or pair.head is None:
                continue
            before, after = pair.base.allow_empty_value, pair.head.allow_empty_value
            if before != after:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE if after is not kept.inverted else Verdict.BREAKING,
                    f"the parameter {pair.head.name!r} may {'' if after else 'no longer '}be empty",
                    operation=kept.label,
                    side=kept.request,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    at=(("allowEmptyValue",),),
                    detail=f"{pair.head.location.value}:{pair.head.name}",
                )


RULE = Rule("parameter-emptiness-changed", Tier.WIRE, "parameter", "change", check)
