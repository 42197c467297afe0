"""Bounds leave room for a value.

What
    The lower bound of a length, a count or a number lies above the upper one.

Why
    No value fits: every request is refused, and no response is ever valid.

Bad
    paths: {}
    components:
      schemas:
        Limit: {type: integer, minimum: 100, maximum: 10}

Good
    paths: {}
    components:
      schemas:
        Limit: {type: integer, minimum: 10, maximum: 100}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Json, Node

_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each lower bound that lies too high."""
    for lower, upper in _PAIRS:
        low, high = node.value.get(lower), node.value.get(upper)
        if _number(low) and _number(high) and low > high:
            yield Problem(
                node.get(lower) or node,
                f"{lower} {low} lies above {upper} {high}",
                "no value fits: correct one of them",
            )


def _number(value: Json) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


RULE = Rule(
    "bounds-valid",
    Severity.ERROR,
    ("schema",),
    check,
    keys=frozenset(lower for lower, _ in _PAIRS),
)
