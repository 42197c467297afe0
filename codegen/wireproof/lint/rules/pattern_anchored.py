"""Patterns say where they begin and end.

What
    A `pattern` has neither `^` nor `$`, nor begins or ends with `.*`.

Why
    JSON Schema looks for the pattern anywhere in the text: `[A-Z]{3}` accepts `xxUSDxx`.

Bad
    paths: {}
    components:
      schemas:
        Currency: {type: string, pattern: '[A-Z]{3}'}

Good
    paths: {}
    components:
      schemas:
        Currency: {type: string, pattern: '^[A-Z]{3}$'}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_ANCHORS = re.compile(r"\^|\$|\\[AzZ]|\A\.\*|\.\*\Z")


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at a pattern that is found anywhere."""
    pattern = node.get("pattern")
    if pattern is None or not isinstance(pattern.value, str) or _ANCHORS.search(pattern.value):
        return
    yield Problem(
        pattern,
        f"the pattern {pattern.value} is found anywhere in a text",
        f"write ^{pattern.value}$ to mean the whole text",
    )


RULE = Rule("pattern-anchored", Severity.INFO, ("schema",), check, keys=frozenset({"pattern"}))
