"""What can be wrong with a request is documented.

What
    An operation that takes parameters or a body documents no 4xx and no `default` response.

Why
    Clients need to know what a refusal looks like; undocumented ones reach them as unknown
    errors.

Bad
    paths:
      /orders/{id}:
        get:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {'200': {description: ok}}

Good
    paths:
      /orders/{id}:
        get:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {'200': {description: ok}, '404': {description: not found}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that can only succeed."""
    operation = scope.operation(node)
    if operation is None or not operation.served:
        return
    takes = "requestBody" in node.value or bool(scope.parameters(node))
    responses = node.value.get("responses")
    if takes and isinstance(responses, dict):
        told = any(str(status)[:1] == "4" or status == "default" for status in responses)
        if not told:
            yield Problem(
                node,
                f"{operation.label} takes input, but documents no 4xx response",
                "add the response to a request that is wrong",
                key=True,
            )


RULE = Rule("client-error-response", Severity.WARNING, ("operation",), check)
