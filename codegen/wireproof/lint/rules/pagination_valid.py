"""x-pagination names what is there.

What
    `x-pagination` names a request parameter or a member of the response that the operation does
    not have.

Why
    SDKs send the one and read the other: a wrong name ends every iteration after the first
    page.

Bad
    paths:
      /orders:
        get:
          x-pagination: {cursor: cursr, limit: limit}
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: cursor, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          x-pagination: {cursor: cursor, limit: limit}
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: cursor, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    properties,
    success_schema,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each name that leads nowhere."""
    declared = node.get("x-pagination")
    if declared is None or not isinstance(declared.value, dict):
        return
    query = [str(one.value.get("name")) for one in scope.parameters(node)]
    schema = success_schema(scope, node)
    members = [name for name, _ in properties(scope, schema)]
    for role, known, kind in (
        ("cursor", query, "parameter"),
        ("limit", query, "parameter"),
        ("items", members, "member of the response"),
        ("next", members, "member of the response"),
    ):
        name = declared.get(role)
        if name is None or not isinstance(name.value, str) or (known is members and not members):
            continue
        if name.value not in known:
            near = get_close_matches(name.value, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}"
            yield Problem(name, f"x-pagination names a {kind} {name.value} that is not there", hint)


RULE = Rule(
    "pagination-valid", Severity.ERROR, ("operation",), check, keys=frozenset({"x-pagination"})
)
