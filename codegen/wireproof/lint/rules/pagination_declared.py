"""Lists that come in pages say how to turn them.

What
    A GET takes a cursor or page parameter and a limit, but has no `x-pagination`.

Why
    With it, SDKs iterate over all pages (`for order in client.orders.list()`); without it,
    users write that loop.

Bad
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: cursor, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          x-pagination: {cursor: cursor, limit: limit, items: data, next: next_cursor}
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: cursor, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_CURSORS = frozenset(("after", "cursor", "nexttoken", "pagetoken", "startingafter"))
_LIMITS = frozenset(("first", "limit", "maxresults", "pagesize", "perpage", "size", "take"))


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation that pages without saying so."""
    operation = scope.operation(node)
    if operation is None or operation.method != "GET" or "x-pagination" in node.value:
        return
    names = {
        re.sub(r"[^a-z]", "", str(one.value.get("name")).lower()) for one in scope.parameters(node)
    }
    if names & _CURSORS and names & _LIMITS:
        yield Problem(
            node,
            f"{operation.label} comes in pages, but does not say how to turn them",
            "add x-pagination: {cursor: ..., limit: ..., items: ..., next: ...}",
            key=True,
        )


RULE = Rule("pagination-declared", Severity.INFO, ("operation",), check)
