"""Integers say how large they get.

What
    An integer has neither a `format` (int32, int64) nor both bounds.

Why
    Languages with sized integers have to guess; JavaScript loses digits beyond 2**53.

Bad
    paths: {}
    components:
      schemas:
        Sequence: {type: integer}

Good
    paths: {}
    components:
      schemas:
        Sequence: {type: integer, format: int64}
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

_LOWER = frozenset(("minimum", "exclusiveMinimum"))
_UPPER = frozenset(("maximum", "exclusiveMaximum"))


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at the type of an integer without limits."""
    value = node.value
    if "integer" not in types(value) or not value.keys().isdisjoint(("format", "enum", "const")):
        return
    if value.keys().isdisjoint(_LOWER) or value.keys().isdisjoint(_UPPER):
        yield Problem(
            node.get("type") or node,
            "this integer does not say how large it gets",
            "add format: int64 (or int32), or minimum and maximum",
        )


RULE = Rule(
    "integer-format", Severity.INFO, ("schema",), check, keys=frozenset({"type"}), recommended=False
)
