"""Other error codes are to be expected.

What
    `x-error-codes` of a response lists codes in the head that the base does not, or lacks some.

Why
    Programs decide by the code what to do. The list says which to expect and is open: clients must
    treat others as the status says, so that a new code breaks nothing. It is worth knowing.

Good
    base:
      paths:
        /orders:
          post:
            responses: {"409": {description: no, x-error-codes: [gone]}}
    head:
      paths:
        /orders:
          post:
            responses: {"409": {description: no, x-error-codes: [gone, locked]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each response whose codes differ."""
    for kept in comparison.changed():
        for pair in kept.responses:
            if pair.base is None or pair.head is None:
                continue
            before, after = set(pair.base.error_codes), set(pair.head.error_codes)
            if before != after:
                said = [f"new {', '.join(sorted(after - before))}"] if after - before else []
                said += [f"gone {', '.join(sorted(before - after))}"] if before - after else []
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE,
                    f"error codes of the response {pair.head.status}: {'; '.join(said)}",
                    operation=kept.label,
                    side=kept.response,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    at=(("x-error-codes",),),
                    detail=pair.head.status,
                )


RULE = Rule("error-codes-changed", Tier.BEHAVIOUR, "response", "change", check)
