"""Bodies have examples.

What
    A JSON body has no example, neither its own nor one of its schema.

Why
    Readers copy examples before they read schemas, and the mock server answers with them.

Bad
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {type: string}}}

Good
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {type: string}, example: filled}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    is_json,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_GIVEN = frozenset(("example", "examples", "default", "const", "enum"))


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a media type without an example."""
    schema = scope.follow(node.get("schema"))
    if not is_json(str(node.key)) or not _GIVEN.isdisjoint(node.value) or schema is None:
        return
    if _GIVEN.isdisjoint(schema.value):
        yield Problem(node, f"this {node.key} body has no example", "add one", key=True)


RULE = Rule("example-present", Severity.INFO, ("mediaType",), check, recommended=False)
