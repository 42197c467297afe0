"""An extension that Wireproof does not know differs.

What
    An `x-` field outside schemas, with no meaning to Wireproof, was added, removed or changed.

Why
    Extensions are promises to those who read them. Nothing in HTTP depends on one; whoever reads
    the changelog wants to know.

Good
    base:
      paths:
        /orders:
          post:
            x-owner: desk
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-owner: risk
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.matched import changed_fields, matched
from wireproof.compat.objects import EXTENSIONS
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each object whose extensions differ."""
    for found in matched(comparison):
        keys = [
            key for key in changed_fields(found) if key.startswith("x-") and key not in EXTENSIONS
        ]
        if keys:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.COMPATIBLE,
                f"{found.name}: {', '.join(keys)} changed",
                operation=found.operation,
                base=found.base,
                head=found.head,
                at=[(key,) for key in keys],
                detail=",".join(keys),
            )


RULE = Rule("extension-changed", Tier.BEHAVIOUR, "operation", "change", check)
