"""Paths hold no query and no fragment.

What
    A key of `paths` holds `?` or `#`.

Why
    It is no path (Paths Object): what stands behind it is matched by no server. Query
    parameters are declared with `in: query`.

Bad
    paths:
      /orders?status=open: {get: {responses: {'200': {description: ok}}}}

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


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each such path."""
    del root
    for path, node in scope.facts.names("paths").items():
        if not path.startswith("x-") and ("?" in path or "#" in path):
            what = "a query" if "?" in path else "a fragment"
            yield Problem(node, f"the path {path} holds {what}", "declare parameters", key=True)


RULE = Rule("path-query", Severity.ERROR, ("openapi",), check)
