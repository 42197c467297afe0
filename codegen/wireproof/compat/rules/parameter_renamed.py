"""A path parameter has another name.

What
    The parameter at the same place of the path template is called otherwise.

Why
    On the wire nothing changes. In the SDKs the argument has another name, and calls that
    name it no longer compile.

Upgrade
    Use the parameter's new name in your code.

Bad
    base:
      paths:
        /orders/{id}:
          get:
            operationId: getOrder
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders/{key}:
          get:
            operationId: getOrder
            parameters: [{name: key, in: path, required: true, schema: {type: string}}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter that has another name at the same place."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.base is None or pair.head is None:
                continue
            before = pair.base.sdk_name or pair.base.name
            after = pair.head.sdk_name or pair.head.name
            if before.lower() != after.lower():
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"the {pair.head.location.value} parameter is called {after!r} now; "
                    f"it was {before!r}",
                    operation=kept.label,
                    side=kept.request,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    at=(("x-sdk-name",), ("name",)),
                    detail=f"{before}->{after}",
                )


RULE = Rule("parameter-renamed", Tier.SDK, "parameter", "change", check)
