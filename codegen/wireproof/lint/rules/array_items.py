"""Arrays say what they hold.

What
    A schema of type array has neither `items` nor `prefixItems`.

Why
    Its elements can be anything: SDKs have no type for them.

Bad
    paths: {}
    components:
      schemas:
        Orders: {type: array}

Good
    paths: {}
    components:
      schemas:
        Orders: {type: array, items: {type: string}}
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


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at the type of an array of anything."""
    value = node.value
    if "array" in types(value) and value.keys().isdisjoint(
        ("items", "prefixItems", "contains", "allOf", "anyOf", "oneOf", "const", "enum")
    ):
        yield Problem(
            node.get("type") or node, "this array does not say what it holds", "add items"
        )


RULE = Rule("array-items", Severity.WARNING, ("schema",), check, keys=frozenset({"type"}))
