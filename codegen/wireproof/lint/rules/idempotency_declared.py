"""A POST says whether it is safe to repeat.

What
    A POST has no `x-idempotency`. Switch the rule off for operations that nothing depends on.

Why
    After a timeout nobody knows whether the request was carried out. With an idempotency key
    SDKs repeat it safely; without one they must not.

Bad
    paths:
      /orders:
        post: {responses: {'201': {description: created}}}

Good
    paths:
      /orders:
        post:
          x-idempotency: {key: Idempotency-Key, in: header}
          parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
          responses: {'201': {description: created}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of a POST that cannot be repeated."""
    operation = scope.operation(node)
    if operation is None or operation.method != "POST" or not operation.served:
        return
    if node.value.get("x-idempotency") is None:
        yield Problem(
            node,
            f"{operation.label} does not say how to repeat it after a timeout",
            "add x-idempotency: {key: NAME, in: body|header|query}",
            key=True,
        )


RULE = Rule("idempotency-declared", Severity.INFO, ("operation",), check, recommended=False)
