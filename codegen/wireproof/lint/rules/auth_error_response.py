"""What needs credentials can answer 401 or 403.

What
    An operation has security requirements, but documents no 401, 403, 4XX or `default`
    response. Where none of several does, one finding stands for all.

Why
    It is the first error that every new user meets.

Bad
    security: [{api_key: []}]
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}
    components:
      securitySchemes:
        api_key: {type: apiKey, in: header, name: X-Api-Key}

Good
    security: [{api_key: []}]
    paths:
      /orders:
        get: {responses: {'200': {description: ok}, '401': {description: who are you}}}
    components:
      securitySchemes:
        api_key: {type: apiKey, in: header, name: X-Api-Key}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.facts import Operation
from wireproof.lint.reading import (
    effective_security,
    statuses,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of each operation that refuses nobody; one where all are such."""
    needing = [one for one in scope.facts.operations.values() if _needs(one, scope)]
    silent = [one for one in needing if not _tells(one, scope)]
    if len(silent) > 1 and len(silent) == len(needing):
        message = f"{len(silent)} operations need credentials, but none documents a 401 or 403"
        yield Problem(silent[0].node, message, "add the response to wrong credentials", key=True)
        return
    for one in silent:
        yield Problem(
            one.node,
            f"{one.label} needs credentials, but documents no 401 or 403",
            "add the response to wrong credentials",
            key=True,
        )


def _needs(operation: Operation, scope: Scope) -> bool:
    security = effective_security(scope, operation.node)
    stated = security.value if security is not None else None
    return operation.served and isinstance(stated, list) and bool(stated) and {} not in stated


def _tells(operation: Operation, scope: Scope) -> bool:
    told = {str(status).upper() for status in statuses(scope, operation.node)}
    return not told.isdisjoint(("401", "403", "4XX", "DEFAULT"))


RULE = Rule("auth-error-response", Severity.INFO, ("openapi",), check)
