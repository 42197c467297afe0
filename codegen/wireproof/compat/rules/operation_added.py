"""An operation is new.

What
    A method on a path, a webhook or a callback that only the head contract has.

Why
    New operations break nobody. A new webhook is a request that receivers may get, but only
    those who subscribe to it.

Good
    base:
      paths: {}
    head:
      paths:
        /orders:
          post:
            operationId: createOrder
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation that only the head has."""
    for pair in comparison.pairs:
        if pair.base is None and pair.head is not None:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.COMPATIBLE,
                f"{pair.label} was added",
                operation=pair.label,
                head=pair.head.origin,
            )


RULE = Rule("operation-added", Tier.WIRE, "operation", "add", check)
