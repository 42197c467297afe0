"""Every operation has an operationId.

What
    An operation has no `operationId`.

Why
    It is the operation's name in SDKs, servers, links and logs. Without one, a name is made
    from the path, and changes with it.

Bad
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation without an id."""
    operation = scope.operation(node)
    if operation is not None and operation.served and not node.value.get("operationId"):
        yield Problem(
            node,
            f"{operation.label} has no operationId",
            "name it as SDKs shall call it: listOrders",
            key=True,
        )


RULE = Rule("operation-id", Severity.WARNING, ("operation",), check)
