"""Query parameters are written in one style.

What
    The name of a query parameter is not in the configured `style`: snake, camel, pascal, kebab,
    screaming, or `consistent` (the default), which is the style of at least four of five.
    Names that standards fix (`redirect_uri` of OAuth) are let pass.

Why
    Whoever knows one name of an API should be able to guess the spelling of the next.

Bad
    paths:
      /orders:
        get:
          parameters:
            - {name: start_time, in: query, schema: {type: string}}
            - {name: end_time, in: query, schema: {type: string}}
            - {name: page_size, in: query, schema: {type: string}}
            - {name: account_id, in: query, schema: {type: string}}
            - {name: sortOrder, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          parameters:
            - {name: start_time, in: query, schema: {type: string}}
            - {name: sort_order, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint import casing
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_PLAIN = re.compile(r"[A-Za-z][\w-]*\Z")


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the first use of each name that is not in the style."""
    named = [
        (str(node.value["name"]), node.get("name") or node)
        for node, kind in scope.facts.visited
        if kind == "parameter"
        and isinstance(node.value, dict)
        and node.value.get("in") == "query"
        and _PLAIN.match(str(node.value.get("name", "")))
    ]
    yield from casing.deviants(named, scope.text("style"), "query parameter")


RULE = Rule(
    "query-parameter-style",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"style": casing.CONSISTENT},
)
