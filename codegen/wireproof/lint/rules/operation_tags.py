"""Every operation has a tag.

What
    An operation has no `tags`.

Why
    The first tag is the operation's resource: `client.orders.create(...)`, and its chapter in
    the reference.

Bad
    paths:
      /orders:
        get: {responses: {'200': {description: ok}}}

Good
    tags: [{name: orders}]
    paths:
      /orders:
        get: {tags: [orders], responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the method of an operation without tags."""
    operation = scope.operation(node)
    if operation is not None and operation.served and not node.value.get("tags"):
        yield Problem(node, f"{operation.label} has no tag", "add `tags: [resource]`", key=True)


RULE = Rule("operation-tags", Severity.WARNING, ("operation",), check)
