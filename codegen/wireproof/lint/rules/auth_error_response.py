"""What needs credentials can answer 401 or 403.

What
    An operation has security requirements, but documents no 401, 403, 4XX or `default`
    response.

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
from wireproof.lint.reading import (
    effective_security,
    statuses,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that refuses nobody."""
    operation = scope.operation(node)
    security = effective_security(scope, node)
    if operation is None or not operation.served or security is None:
        return
    told = {str(status).upper() for status in statuses(scope, node)}
    needed = isinstance(security.value, list) and security.value and {} not in security.value
    if needed and told.isdisjoint(("401", "403", "4XX", "DEFAULT")):
        yield Problem(
            node,
            f"{operation.label} needs credentials, but documents no 401 or 403",
            "add the response to wrong credentials",
            key=True,
        )


RULE = Rule("auth-error-response", Severity.INFO, ("operation",), check)
