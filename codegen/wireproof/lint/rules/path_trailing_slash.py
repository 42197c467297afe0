"""Paths do not end in a slash.

What
    A path ends in `/`, or has an empty segment.

Why
    To most servers and caches `/orders` and `/orders/` are two resources; one of them is always
    the wrong one.

Bad
    paths:
      /orders/: {get: {responses: {'200': {description: ok}}}}

Good
    paths:
      /orders: {get: {responses: {'200': {description: ok}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each such path."""
    del root
    for path, node in scope.facts.names("paths").items():
        if path != "/" and path.endswith("/"):
            yield Problem(node, f"the path {path} ends in a slash", "remove the slash", key=True)
        elif "//" in path:
            yield Problem(node, f"the path {path} has an empty segment", "write one /", key=True)


RULE = Rule("path-trailing-slash", Severity.WARNING, ("openapi",), check)
