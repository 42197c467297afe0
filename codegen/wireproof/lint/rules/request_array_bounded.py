"""Arrays in requests are bounded.

What
    An array that requests use has no `maxItems`.

Why
    The work for one request grows with the array, without end.

Bad
    paths:
      /orders:
        post:
          requestBody:
            content: {application/json: {schema: {type: array, items: {type: string}}}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        post:
          requestBody:
            content:
              application/json: {schema: {type: array, maxItems: 20, items: {type: string}}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    types,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the type of an array without end."""
    value = node.value
    if "array" not in types(value) or not value.keys().isdisjoint(("maxItems", "enum", "const")):
        return
    if "request" in scope.facts.sent.get(id(value), ()):
        yield Problem(
            node.get("type") or node,
            "requests may send an array of any length here",
            "add maxItems",
        )


RULE = Rule(
    "request-array-bounded",
    Severity.INFO,
    ("schema",),
    check,
    keys=frozenset({"type"}),
    recommended=False,
)
