"""Where there are rate limits, every operation says what it costs.

What
    The root declares `x-rate-limits`, but an operation has no `x-rate-limit-cost`.

Why
    Clients plan their calls by it; an operation that says nothing looks free.

Bad
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}

Good
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get:
          x-rate-limit-cost: {bucket: reads, cost: 1}
          responses: {'200': {description: ok}, '429': {description: too many}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that says nothing."""
    operation = scope.operation(node)
    if operation is None or not operation.served or "x-rate-limits" not in scope.root.value:
        return
    if "x-rate-limit-cost" not in node.value:
        yield Problem(
            node,
            f"{operation.label} does not say what it costs",
            "add x-rate-limit-cost: {bucket: ..., cost: ...}",
            key=True,
        )


RULE = Rule("rate-limit-cost", Severity.WARNING, ("operation",), check)
