"""Pages are turned differently.

What
    `x-pagination` of an operation is gone or names other members.

Why
    SDKs turn pages by this promise; hand-written clients do by reading it.

Upgrade
    Turn pages by the new members.

Bad
    base:
      paths:
        /orders:
          post:
            x-pagination: {cursor: cursor, limit: limit, items: data, next: next_cursor}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-pagination: {cursor: page, limit: limit, items: data, next: next_cursor}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            x-pagination: {cursor: cursor, limit: limit, items: data, next: next_cursor}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose paging differs."""
    for kept in comparison.changed():
        before, after = kept.base.pagination, kept.head.pagination
        if before == after:
            continue
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.COMPATIBLE if before is None else Verdict.BREAKING,
            "paging was added"
            if before is None
            else "paging was removed"
            if after is None
            else "paging works by other members",
            operation=kept.label,
            base=kept.base.origin,
            head=kept.head.origin,
            at=(("x-pagination",),),
        )


RULE = Rule("pagination-changed", Tier.BEHAVIOUR, "operation", "change", check)
