"""A parameter's default is another one.

What
    `default` of a parameter differs, appears or disappears.

Why
    Requests that leave the parameter out mean something else than before. A default that is
    stated for the first time may only document what was always so; it is reported all the
    same, because nobody can tell.

Bad
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: limit, in: query, schema: {type: integer, default: 100}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: limit, in: query, schema: {type: integer, default: 20}}
            responses: {"200": {description: ok}}

Good
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
              - {name: limit, in: query, description: At most, schema: {type: integer}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import parameters
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.source.node import Json


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each optional parameter whose default differs."""
    for kept in comparison.kept():
        for pair in parameters(kept.base, kept.head):
            if pair.base is None or pair.head is None or pair.head.required:
                continue
            before = (pair.base.has_default, pair.base.default)
            after = (pair.head.has_default, pair.head.default)
            if before != after:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the default of {pair.head.location.value} parameter {pair.head.name!r} is "
                    f"{_said(*after)} now; it was {_said(*before)}",
                    operation=kept.label,
                    side=kept.request,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    detail=f"{pair.head.location.value}:{pair.head.name}",
                )


def _said(stated: bool, value: Json) -> str:  # noqa: FBT001 - the pair as the IR holds it
    return repr(value) if stated else "not stated"


RULE = Rule("parameter-default-changed", Tier.BEHAVIOUR, "parameter", "change", check)
