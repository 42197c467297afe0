"""Links lead to operations of the contract.

What
    The `operationId` of a link is that of no operation.

Why
    SDKs and readers follow links to what can be done next.

Bad
    paths:
      /orders:
        get:
          operationId: listOrders
          responses:
            '200': {description: ok, links: {first: {operationId: getOrders}}}

Good
    paths:
      /orders:
        get:
          operationId: listOrders
          responses:
            '200': {description: ok, links: {again: {operationId: listOrders}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at an id that leads nowhere."""
    name = node.get("operationId")
    if name is None or not isinstance(name.value, str):
        return
    known = scope.facts.operation_ids
    if name.value not in known:
        near = get_close_matches(name.value, list(known), n=1)
        hint = f"did you mean {near[0]}?" if near else "name an operationId of this contract"
        yield Problem(name, f"the link leads to {name.value}, which is no operation", hint)


RULE = Rule("link-valid", Severity.ERROR, ("link",), check, keys=frozenset({"operationId"}))
