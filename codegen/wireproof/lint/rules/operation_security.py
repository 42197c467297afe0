"""Every operation says who may call it.

What
    Neither the operation nor the root has `security`. Write `security: []` for what is open to
    all.

Why
    Silence means open to all; whether that was meant, nobody can see.

Bad
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {security: [], responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    effective_security,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation for which nothing is said."""
    operation = scope.operation(node)
    if operation is None or not operation.served:
        return
    if effective_security(scope, node) is None:
        yield Problem(
            node,
            f"{operation.label} does not say who may call it",
            "add security here or at the root; [] for everybody",
            key=True,
        )


RULE = Rule("operation-security", Severity.WARNING, ("operation",), check)
