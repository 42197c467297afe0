"""Patterns are regular expressions.

What
    A `pattern` cannot be compiled as an ECMA-262 regular expression.

Why
    Validators refuse the schema, or leave the value unchecked.

Bad
    paths: {}
    components:
      schemas:
        Currency: {type: string, pattern: '^[A-Z{3}$'}

Good
    paths: {}
    components:
      schemas:
        Currency: {type: string, pattern: '^[A-Z]{3}$'}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a pattern that is none."""
    pattern = node.get("pattern")
    if pattern is None or not isinstance(pattern.value, str):
        return
    if not scope.facts.validators.compiles(pattern.value):
        yield Problem(
            pattern,
            f"the pattern {pattern.value} is no regular expression",
            "correct it; JSON Schema takes the dialect of ECMA-262",
        )


RULE = Rule("pattern-valid", Severity.WARNING, ("schema",), check, keys=frozenset({"pattern"}))
