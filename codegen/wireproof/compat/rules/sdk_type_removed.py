"""A type of the SDKs is gone.

What
    A type that the base's SDKs declare has no counterpart in the head's.

Why
    Source code that names it no longer compiles.

Upgrade
    Stop using the type.

Bad
    base:
      paths: {}
      components:
        schemas:
          Order: {type: object, properties: {a: {type: string}}}
    head:
      paths: {}
      components:
        schemas:
          Deal: {type: object, properties: {a: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import by_place, short, stable


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each declared type that the head does not declare."""
    heads = by_place(comparison.head)
    for type_id, base in comparison.base.types.items():
        place = stable(comparison.base, type_id)
        if place not in heads:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the SDKs no longer have the type {short(place)}",
                base=base.origin,
            )


RULE = Rule("sdk-type-removed", Tier.SDK, "schema", "remove", check)
