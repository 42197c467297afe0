"""From OpenAPI 3.1 on there is no `nullable`.

What
    A schema of a 3.1 or 3.2 document has `nullable`.

Why
    JSON Schema does not know the word: the value may not be null, whatever it says.

Bad
    paths: {}
    components:
      schemas:
        Price: {type: string, nullable: true}

Good
    paths: {}
    components:
      schemas:
        Price: {type: [string, 'null']}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the word."""
    word = node.get("nullable")
    if word is None or scope.version == "3.0":
        return
    kind = node.value.get("type")
    hint = f"write type: [{kind}, 'null']" if isinstance(kind, str) else "add type: 'null' to it"
    yield Problem(
        word,
        f"nullable means nothing in OpenAPI {scope.version}",
        hint if word.value else "remove it",
        key=True,
    )


RULE = Rule("nullable-removed", Severity.WARNING, ("schema",), check, keys=frozenset({"nullable"}))
