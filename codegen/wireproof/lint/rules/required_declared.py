"""Required properties are declared.

What
    `required` names a property that `properties` beside it does not have. Schemas that are put
    together from others are left alone.

Why
    Most often a typing error: the property that was meant is optional, and one that nobody
    knows is required.

Bad
    paths: {}
    components:
      schemas:
        Order:
          type: object
          required: [order_ids]
          properties:
            order_id: {type: string}

Good
    paths: {}
    components:
      schemas:
        Order:
          type: object
          required: [order_id]
          properties:
            order_id: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_COMPOSED = frozenset(("$ref", "allOf", "anyOf", "oneOf", "patternProperties", "if"))
_BRANCHES = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"))


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each name that is not declared."""
    value = node.value
    declared = value.get("properties")
    if not isinstance(declared, dict) or not _COMPOSED.isdisjoint(value):
        return
    if not _BRANCHES.isdisjoint(map(str, node.path)):
        return
    required = node.get("required")
    for name in required.elements() if required is not None else ():
        if isinstance(name.value, str) and name.value not in declared:
            near = get_close_matches(name.value, list(declared), n=1)
            hint = f"did you mean {near[0]}?" if near else "declare it under properties"
            yield Problem(name, f"the required property {name.value} is not declared", hint)


RULE = Rule("required-declared", Severity.WARNING, ("schema",), check, keys=frozenset({"required"}))
