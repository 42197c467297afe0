"""A method of the SDKs returns another type.

What
    The type of an operation's successful answer differs.

Why
    Source code that uses what a call returns no longer compiles.

Upgrade
    Read the result as its new type.

Bad
    base:
      paths:
        /orders:
          get:
            operationId: listOrders
            responses:
              "200":
                description: ok
                content:
                  application/json: {schema: {type: string}}
    head:
      paths:
        /orders:
          get:
            operationId: listOrders
            responses:
              "200":
                description: ok
                content:
                  application/json: {schema: {type: integer}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import calls, spelled, told
from wireproof.ir.contract import Contract
from wireproof.ir.signature import Signature


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose results are of other types."""
    for found in calls(comparison):
        before = _results(found.base, comparison.base)
        after = _results(found.head, comparison.head)
        if before != after:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the call returns {told(after)} now; it returned {told(before)}",
                operation=found.kept.label,
                base=found.kept.base.origin,
                head=found.kept.head.origin,
            )


def _results(shape: Signature, contract: Contract) -> str:
    media = [result.media for result in shape.results]
    said = dict.fromkeys(
        spelled(one.type, contract) if one is not None else "nothing" for one in media
    )
    return " or ".join(said)


RULE = Rule("sdk-result-changed", Tier.SDK, "operation", "change", check)
