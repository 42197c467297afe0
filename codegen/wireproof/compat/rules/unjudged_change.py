"""Something changed that nobody can judge.

What
    A field outside schemas that is no part of OpenAPI, or that Wireproof cannot judge, was added,
    removed or changed.

Why
    Nobody can tell what it means, so nothing is proven about it.

Bad
    base:
      paths:
        /orders:
          post:
            timeout: 5
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            timeout: 9
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.matched import changed_fields, matched
from wireproof.compat.objects import FIELDS
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each object with fields that no rule judges."""
    for found in matched(comparison):
        fields = FIELDS[found.kind]
        for key in changed_fields(found):
            judge = fields.get(key)
            if key.startswith("x-") or (judge is not None and judge != (RULE.id,)):
                continue
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.UNPROVEN,
                f"{found.name}: {key!r} changed",
                operation=found.operation,
                base=found.base,
                head=found.head,
                at=((key,),),
                detail=key,
                reason=f"no rule judges {key!r} of this object",
            )


RULE = Rule("unjudged-change", Tier.WIRE, "operation", "change", check)
