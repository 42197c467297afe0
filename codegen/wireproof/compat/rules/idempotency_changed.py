"""Retrying is no longer safe, or in another way.

What
    `x-idempotency` of an operation is gone or names another key.

Why
    SDKs retry by this promise. Without it, or under another key, a retry may do the thing
    twice.

Upgrade
    Retry by the new key only; without one, ask for the outcome before you retry.

Bad
    base:
      paths:
        /orders:
          post:
            x-idempotency: {key: client_order_id, in: body}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
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
            x-idempotency: {key: client_order_id, in: body}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose idempotency promise differs."""
    for kept in comparison.changed():
        before, after = kept.base.idempotency, kept.head.idempotency
        if before == after:
            continue
        same_key = before is None or (
            after is not None and (before.key, before.location) == (after.key, after.location)
        )
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.COMPATIBLE if same_key else Verdict.BREAKING,
            f"idempotency is promised {f'by {after.key!r}' if after else 'no longer'}; "
            f"it was {f'by {before.key!r}' if before else 'not promised'}",
            operation=kept.label,
            side=kept.request,
            base=kept.base.origin,
            head=kept.head.origin,
            at=(("x-idempotency",),),
        )


RULE = Rule("idempotency-changed", Tier.BEHAVIOUR, "operation", "change", check)
