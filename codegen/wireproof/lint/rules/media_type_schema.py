"""Bodies have a schema.

What
    A media type of a request or a response has neither a `schema` nor an `itemSchema`.

Why
    Without a schema nothing is typed, validated or compared: the SDK returns any.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {description: ok, content: {application/json: {}}}

Good
    paths:
      /orders:
        get:
          responses:
            '200': {description: ok, content: {application/json: {schema: {type: object}}}}
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


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at a media type that says nothing of its content, binary ones aside."""
    if node.value.keys().isdisjoint(("schema", "itemSchema")) and is_json(str(node.key)):
        yield Problem(node, f"this {node.key} body has no schema", "add one", key=True)


RULE = Rule("media-type-schema", Severity.WARNING, ("mediaType",), check)
