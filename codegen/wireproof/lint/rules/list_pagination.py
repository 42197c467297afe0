"""Lists come in pages.

What
    A GET returns an array without `maxItems`, on its own or as the one array among the members
    of an object, and takes no parameter that pages (option `parameters`).

Why
    A list grows with its users. Without pages, one day the response is too large; and adding
    them later breaks every client.

Bad
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {type: array, items: {type: string}}}}

Good
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: cursor, in: query, schema: {type: string}}
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {type: array, items: {type: string}}}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    properties,
    success_schema,
    types,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of a list that cannot be read in parts."""
    operation = scope.operation(node)
    if operation is None or operation.method != "GET" or not operation.served:
        return
    if "x-pagination" in node.value or not _is_list(scope, success_schema(scope, node)):
        return
    names = {
        re.sub(r"[^a-z]", "", str(one.value.get("name")).lower()) for one in scope.parameters(node)
    }
    if names.isdisjoint(scope.texts("parameters")):
        yield Problem(
            node,
            f"{operation.label} returns a list of any length at once",
            "take cursor and limit, and declare x-pagination; or bound the list with maxItems",
            key=True,
        )


def _is_list(scope: Scope, schema: Node | None) -> bool:
    if schema is None:
        return False
    if "array" in types(schema.value):
        return "maxItems" not in schema.value
    targets = [scope.follow(one) for _, one in properties(scope, schema)]
    arrays = [one for one in targets if one is not None and "array" in types(one.value)]
    small = [one for one in targets if one is not None and "object" not in types(one.value)]
    return (
        len(arrays) == 1
        and len(small) == len(targets)
        and len(targets) <= 2  # noqa: PLR2004 - a list and its count, say
        and "maxItems" not in arrays[0].value
    )


RULE = Rule(
    "list-pagination",
    Severity.WARNING,
    ("operation",),
    check,
    options={
        "parameters": [
            "after",
            "before",
            "count",
            "cursor",
            "first",
            "from",
            "fromid",
            "last",
            "limit",
            "maxresults",
            "nexttoken",
            "offset",
            "page",
            "pagenumber",
            "pagesize",
            "pagetoken",
            "perpage",
            "size",
            "skip",
            "startingafter",
            "take",
            "top",
        ]
    },
)
