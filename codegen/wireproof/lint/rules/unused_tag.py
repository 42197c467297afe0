"""Declared tags are used.

What
    The root declares a tag that no operation has, and no other tag names as its parent.

Why
    It is an empty chapter, or the other half of a typing error.

Bad
    tags: [{name: orders}, {name: trades}]
    paths:
      /orders:
        get: {tags: [orders], responses: {'200': {description: ok}}}

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


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each tag that nothing uses."""
    used: set[str] = set()
    for one in scope.facts.operations.values():
        tags = one.node.value.get("tags")
        used.update(map(str, tags if isinstance(tags, list) else ()))
    declared = root.get("tags")
    listed = list(declared.elements()) if declared is not None else []
    used |= {str(tag.value["parent"]) for tag in listed if _told(tag, "parent")}
    for tag in listed:
        if _told(tag, "name") and str(tag.value["name"]) not in used:
            yield Problem(tag, f"no operation has the tag {tag.value['name']}", "remove it")


def _told(tag: Node, field: str) -> bool:
    return isinstance(tag.value, dict) and field in tag.value


RULE = Rule("unused-tag", Severity.INFO, ("openapi",), check)
