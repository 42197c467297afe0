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

_NEARLY_ALL = 0.9
"""Of the operations: from here on it is the contract that says nothing."""


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each method for which nothing is said; one for all where nothing ever is."""
    served = [one for one in scope.facts.operations.values() if one.served]
    silent = [one for one in served if effective_security(scope, one.node) is None]
    if len(silent) > 1 and len(silent) >= _NEARLY_ALL * len(served):
        message = "the contract does not say who may call it"
        if len(silent) < len(served):
            message = f"{len(silent)} of {len(served)} operations do not say who may call them"
        help_ = "add security at the root; [] for everybody"
        yield Problem(root.get("paths") or root, message, help_, key=True)
        return
    for one in silent:
        yield Problem(
            one.node,
            f"{one.label} does not say who may call it",
            "add security here or at the root; [] for everybody",
            key=True,
        )


RULE = Rule("operation-security", Severity.WARNING, ("openapi",), check)
