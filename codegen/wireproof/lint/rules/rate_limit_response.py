"""What has a rate limit can answer 429.

What
    An operation has `x-rate-limit-cost`, but documents no 429 (and no 4XX or `default`)
    response.

Why
    SDKs wait and repeat on 429; users look for the header that says how long.

Bad
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get:
          x-rate-limit-cost: {bucket: reads, cost: 1}
          responses: {'200': {description: ok}}

Good
    x-rate-limits:
      reads: {rate: 20, burst: 40, per: account}
    paths:
      /orders:
        get:
          x-rate-limit-cost: {bucket: reads, cost: 1}
          responses: {'200': {description: ok}, '429': {description: wait}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    statuses,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that is never too much."""
    operation = scope.operation(node)
    told = {str(status).upper() for status in statuses(scope, node)}
    if operation is not None and told.isdisjoint(("429", "4XX", "DEFAULT")):
        yield Problem(
            node,
            f"{operation.label} has a rate limit, but no 429 response",
            "add the response, with Retry-After",
            key=True,
        )


RULE = Rule(
    "rate-limit-response",
    Severity.WARNING,
    ("operation",),
    check,
    keys=frozenset({"x-rate-limit-cost"}),
)
