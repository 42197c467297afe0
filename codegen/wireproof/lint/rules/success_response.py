"""Every operation documents how it succeeds.

What
    An operation has no 1xx, 2xx, 3xx or `default` response.

Why
    Nothing tells what comes back: SDKs can only return bytes.

Bad
    paths:
      /orders:
        get: {responses: {'404': {description: not found}}}

Good
    paths:
      /orders:
        get: {responses: {'200': {description: ok}, '404': {description: not found}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that cannot succeed."""
    operation = scope.operation(node)
    responses = node.value.get("responses")
    told = isinstance(responses, dict) and any(
        str(status)[:1] in "123" or status == "default" for status in responses
    )
    if operation is not None and not told:
        yield Problem(
            node, f"{operation.label} documents no success", "add a 2xx response", key=True
        )


RULE = Rule("success-response", Severity.WARNING, ("operation",), check)
