"""A level of stability is none.

What
    `x-stability` of an operation, a parameter or a schema in the head is not one of
    experimental, beta, stable (or alpha and draft, which mean experimental).

Why
    What cannot be read is taken for stable here and may be taken for something else elsewhere:
    nobody knows what is promised.

Upgrade
    Ask what the level means before you rely on it.

Bad
    base:
      paths:
        /orders:
          post:
            x-stability: stable
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-stability: solid
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            x-stability: stable
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

_KEYS = ("x-stability", "x-stability-level")
_LEVELS = frozenset({"alpha", "beta", "draft", "experimental", "stable"})


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation and parameter with an unknown level in the head."""
    for kept in comparison.kept():
        places = [kept.head.origin, *(parameter.origin for parameter in kept.head.parameters)]
        for node in places:
            for level in filter(None, map(node.get, _KEYS)):
                if level.value not in _LEVELS:
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.BREAKING,
                        f"the level of stability {level.value!r} is not known",
                        operation=kept.label,
                        base=kept.base.origin,
                        head=level,
                    )


RULE = Rule("stability-unknown", Tier.BEHAVIOUR, "lifecycle", "change", check)
