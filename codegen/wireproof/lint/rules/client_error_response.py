"""What can be wrong with a request is documented.

What
    An operation that takes parameters or a body documents no 4xx and no `default` response.
    Where none of several does, one finding stands for all.

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
from wireproof.lint.facts import Operation
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of each operation that can only succeed; one where all are such."""
    taking = [one for one in scope.facts.operations.values() if _takes(one, scope)]
    silent = [one for one in taking if not _tells(one)]
    if len(silent) > 1 and len(silent) == len(taking):
        message = f"{len(silent)} operations take input, but none documents a 4xx response"
        help_ = "add the response to a request that is wrong"
        yield Problem(silent[0].node, message, help_, key=True)
        return
    for one in silent:
        yield Problem(
            one.node,
            f"{one.label} takes input, but documents no 4xx response",
            "add the response to a request that is wrong",
            key=True,
        )


def _takes(operation: Operation, scope: Scope) -> bool:
    stated = operation.node.value
    takes = "requestBody" in stated or bool(scope.parameters(operation.node))
    return operation.served and takes and isinstance(stated.get("responses"), dict)


def _tells(operation: Operation) -> bool:
    responses = operation.node.value["responses"]
    return any(str(status)[:1] == "4" or status == "default" for status in responses)


RULE = Rule("client-error-response", Severity.WARNING, ("openapi",), check)
