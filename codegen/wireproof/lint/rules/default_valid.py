"""Defaults fit their schemas.

What
    The `default` of a schema is no instance of the schema.

Why
    Servers would refuse what they assume themselves, and typed SDKs cannot express it.

Bad
    paths: {}
    components:
      schemas:
        Limit: {type: integer, maximum: 100, default: 500}

Good
    paths: {}
    components:
      schemas:
        Limit: {type: integer, maximum: 100, default: 100}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a default that does not fit."""
    default = node.get("default")
    if default is None:
        return
    errors = scope.facts.validators.errors(node, default.value)
    if errors:
        yield Problem(
            default,
            f"the default does not fit its schema: {'; '.join(errors)}",
            "correct the default or the schema",
        )


RULE = Rule("default-valid", Severity.WARNING, ("schema",), check, keys=frozenset({"default"}))
