"""Texts in requests are bounded.

What
    A string that requests use has neither `maxLength`, `pattern`, `enum`, `const` nor `format`.

Why
    Whatever a client may send, somebody will: unbounded texts fill disks and logs.

Bad
    paths:
      /orders:
        get:
          parameters: [{name: note, in: query, schema: {type: string}}]
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          parameters: [{name: note, in: query, schema: {type: string, maxLength: 64}}]
          responses: {'200': {description: ok}}
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

_SAID = frozenset(
    ("maxLength", "pattern", "enum", "const", "format", "x-extensible-enum", "contentEncoding")
)


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the type of a text without end."""
    value = node.value
    if "string" not in types(value) or not _SAID.isdisjoint(value):
        return
    if "request" in scope.facts.sent.get(id(value), ()):
        yield Problem(
            node.get("type") or node, "requests may send a text of any length here", "add maxLength"
        )


RULE = Rule(
    "request-string-bounded",
    Severity.INFO,
    ("schema",),
    check,
    keys=frozenset({"type"}),
    recommended=False,
)
