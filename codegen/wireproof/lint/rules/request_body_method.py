"""GET, HEAD and DELETE take no body.

What
    A GET, HEAD or DELETE operation has a `requestBody`.

Why
    HTTP gives it no meaning (RFC 9110, sections 9.3.1, 9.3.2 and 9.3.5): caches, proxies and
    clients drop it. OpenAPI 3.0 ignores it.

Bad
    paths:
      /orders:
        get:
          requestBody: {content: {application/json: {schema: {type: object}}}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          parameters: [{name: status, in: query, schema: {type: string}}]
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at such a body."""
    operation = scope.operation(node)
    body = node.get("requestBody")
    if operation is None or body is None or operation.method not in ("GET", "HEAD", "DELETE"):
        return
    yield Problem(
        body,
        f"{operation.method} has no use for a body, and {operation.label} has one",
        "use query parameters, or POST (or QUERY)",
        key=True,
    )


RULE = Rule(
    "request-body-method",
    Severity.WARNING,
    ("operation",),
    check,
    keys=frozenset({"requestBody"}),
)
