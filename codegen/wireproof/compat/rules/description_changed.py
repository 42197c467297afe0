"""The words about something differ.

What
    A summary, a description, examples, tags or links to documents differ outside schemas.

Why
    Nothing breaks; whoever reads the changelog wants to know.

Good
    base:
      paths:
        /orders:
          post:
            summary: Place
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            summary: Place an order
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.matched import changed_fields, matched
from wireproof.compat.objects import FIELDS, WORDS, Judge
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each object whose words differ."""
    for found in matched(comparison):
        fields = FIELDS[found.kind]
        words = [key for key in changed_fields(found) if _is_words(fields.get(key))]
        if words:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.COMPATIBLE,
                f"{found.name}: {', '.join(words)} changed",
                operation=found.operation,
                base=found.base,
                head=found.head,
                at=[(word,) for word in words],
                detail=",".join(words),
            )


def _is_words(judge: Judge | None) -> bool:
    """Words, or a field that is words beside what a rule reads (the further tags)."""
    return judge == WORDS or (isinstance(judge, tuple) and RULE.id in judge)


RULE = Rule("description-changed", Tier.BEHAVIOUR, "operation", "change", check)
