"""Tags of operations are declared at the root.

What
    An operation has a tag that the root's `tags` does not list. Silent where the root lists
    none at all.

Why
    Most often a typing error that makes a resource of its own; else a resource without a
    description.

Bad
    tags: [{name: orders}]
    paths:
      /orders:
        get: {tags: [order], responses: {'200': {description: ok}}}

Good
    tags: [{name: orders}]
    paths:
      /orders:
        get: {tags: [orders], responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each tag that is not declared."""
    listed = scope.root.value.get("tags")
    declared = [str(one["name"]) for one in listed or () if isinstance(one, dict) and "name" in one]
    tags = node.get("tags")
    for tag in tags.elements() if tags is not None and declared else ():
        if isinstance(tag.value, str) and tag.value not in declared:
            near = get_close_matches(tag.value, declared, n=1)
            hint = f"did you mean {near[0]}?" if near else "declare it under tags at the root"
            yield Problem(tag, f"the tag {tag.value} is not declared", hint)


RULE = Rule("tag-declared", Severity.WARNING, ("operation",), check)
