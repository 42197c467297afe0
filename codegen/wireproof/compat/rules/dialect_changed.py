"""Schemas are read by other rules.

What
    `jsonSchemaDialect` of the document differs.

Why
    Wireproof reads OpenAPI's own dialect. What another one makes of the same keywords is not
    known.

Bad
    base:
      jsonSchemaDialect: https://example.com/a
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      jsonSchemaDialect: https://example.com/b
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding

_KEY = "jsonSchemaDialect"


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding where the dialects differ."""
    base, head = comparison.base.origin.get(_KEY), comparison.head.origin.get(_KEY)
    before, after = (node.value if node else None for node in (base, head))
    if before != after:
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.UNPROVEN,
            f"the dialect of schemas is {after or 'the standard one'} now; "
            f"it was {before or 'the standard one'}",
            base=base,
            head=head,
            reason="only OpenAPI's own dialect is understood",
        )


RULE = Rule("dialect-changed", Tier.WIRE, "schema", "change", check)
