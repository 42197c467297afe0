"""Enums in responses are declared open.

What
    A schema that responses use has an `enum` of several texts, but no `x-extensible-enum`.
    Write `x-extensible-enum: false` for a list that is closed for good.

Why
    The day a value is added, SDKs with a closed list fail on it. Declared open, they pass
    unknown values on.

Bad
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {type: string, enum: [open, filled]}}}

Good
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content:
                application/json:
                  schema: {type: string, enum: [open, filled], x-extensible-enum: true}
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


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a list of which nobody knows whether it is closed."""
    value = node.value
    several = isinstance(value["enum"], list) and len([x for x in value["enum"] if x]) > 1
    if not several or "x-extensible-enum" in value or "string" not in types(value):
        return
    if "response" in scope.facts.sent.get(id(value), ()):
        yield Problem(
            node.get("enum") or node,
            "responses use this enum, and it does not say whether values may be added",
            "add x-extensible-enum: true (or false, if it is closed for good)",
            key=True,
        )


RULE = Rule(
    "response-enum-open",
    Severity.INFO,
    ("schema",),
    check,
    keys=frozenset({"enum"}),
    recommended=False,
)
