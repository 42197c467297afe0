"""Every operation says what it does.

What
    An operation has neither a `summary` nor a `description`.

Why
    It is the first line of its documentation, in the reference and in both SDKs.

Bad
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {summary: List orders, responses: {'200': {description: ok}}}
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
    if operation is not None and not (node.value.get("summary") or node.value.get("description")):
        yield Problem(
            node, f"{operation.label} does not say what it does", "add a summary", key=True
        )


RULE = Rule("operation-summary", Severity.WARNING, ("operation",), check)
