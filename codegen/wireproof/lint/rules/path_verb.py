"""Paths name things, methods say what to do with them.

What
    A segment of a path begins with a verb that a method says already (option `verbs`):
    `/getOrders`, `/orders/create`.

Why
    `GET /orders` tells caches, proxies and readers that nothing changes; `/getOrders` tells
    them nothing.

Bad
    paths:
      /getOrders: {get: {responses: {'200': {description: ok}}}}

Good
    paths:
      /orders: {get: {responses: {'200': {description: ok}}}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_FIRST = re.compile(r"[a-z]+")


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each such path."""
    del root
    verbs = scope.texts("verbs")
    for path, node in scope.facts.names("paths").items():
        for segment in path.split("/"):
            first = _FIRST.match(segment)
            if first and first[0] in verbs:
                yield Problem(
                    node,
                    f"the path {path} says {first[0]}, as its method does",
                    "name the thing, and let the method say what to do with it",
                    key=True,
                )
                break


RULE = Rule(
    "path-verb",
    Severity.INFO,
    ("openapi",),
    check,
    recommended=False,
    options={"verbs": ["add", "create", "delete", "fetch", "get", "list", "remove", "update"]},
)
