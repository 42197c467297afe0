"""Objects in requests are closed.

What
    An object that only requests use has `properties`, but no `additionalProperties` or
    `unevaluatedProperties`.

Why
    A misspelled optional member is ignored, and the request means something else than was
    written. It also keeps the door open for adding members later without breaking anybody.

Bad
    paths:
      /orders:
        post:
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {side: {type: string}}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        post:
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  additionalProperties: false
                  properties: {side: {type: string}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.facts import Side
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_SAID = frozenset(("additionalProperties", "unevaluatedProperties", "allOf", "anyOf", "oneOf"))
_REQUEST_ONLY: frozenset[Side] = frozenset({"request"})


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at an object that lets everything through."""
    value = node.value
    if not _SAID.isdisjoint(value) or {"allOf", "anyOf", "oneOf"} & set(map(str, node.path)):
        return
    if scope.facts.sent.get(id(value)) == _REQUEST_ONLY:
        yield Problem(
            node.get("properties") or node,
            "this object of a request lets unknown members through",
            "add additionalProperties: false",
            key=True,
        )


RULE = Rule(
    "request-object-closed",
    Severity.INFO,
    ("schema",),
    check,
    keys=frozenset({"properties"}),
    recommended=False,
)
