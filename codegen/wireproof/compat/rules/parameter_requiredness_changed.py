"""A parameter became required, or optional.

What
    `required` of a parameter differs between the two contracts.

Why
    Requests that leave out a parameter which is required now are refused. The other way
    round breaks nobody.

Upgrade
    request: Send the parameter with every call.
    response: Handle its absence.

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
            parameters:
              - {name: limit, in: query, required: true, schema: {type: integer}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: limit, in: query, required: true, schema: {type: integer}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: limit, in: query, schema: {type: integer}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter whose `required` differs."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.base is None or pair.head is None or pair.base.required == pair.head.required:
                continue
            now = "required" if pair.head.required else "optional"
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING if pair.head.required is not kept.inverted else Verdict.COMPATIBLE,
                f"the {pair.head.location.value} parameter {pair.head.name!r} became {now}",
                operation=kept.label,
                side=kept.request,
                base=pair.base.origin,
                head=pair.head.origin,
                at=(("required",),),
                detail=f"{pair.head.location.value}:{pair.head.name}",
            )


RULE = Rule("parameter-requiredness-changed", Tier.WIRE, "parameter", "change", check)
