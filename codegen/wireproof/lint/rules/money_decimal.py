"""Money and quantities are decimal strings.

What
    A property or parameter whose name says money or quantity (option `names`) is a JSON
    `number`. Integers are taken for minor units and left alone.

Why
    Most readers make a binary floating point number of a JSON number: 0.1 + 0.2 is not 0.3, and
    nineteen digits become seventeen. A decimal string arrives as it was sent.

Bad
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            limit_price: {type: number}

Good
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            limit_price: {type: string, format: decimal}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    types,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the type of a money-like number."""
    name = _name(node)
    if "number" in types(node.value) and name is not None:
        words = [word.lower() for word in _WORD.findall(name)]
        if words and words[-1] in scope.texts("names"):
            yield Problem(
                node.get("type") or node,
                f"{name} is a number, which readers round to binary",
                "use `type: string, format: decimal`",
            )


def _name(schema: Node) -> str | None:
    """The name of the property or parameter that a schema is for."""
    holder = schema.parent
    if holder is None:
        return None
    if holder.key == "properties" and isinstance(schema.key, str):
        return schema.key
    value = holder.value
    if schema.key == "schema" and isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])
    return None


RULE = Rule(
    "money-decimal",
    Severity.WARNING,
    ("schema",),
    check,
    keys=frozenset({"type"}),
    options={
        "names": [
            "amount",
            "balance",
            "cost",
            "equity",
            "fee",
            "fees",
            "margin",
            "notional",
            "pnl",
            "price",
            "qty",
            "quantity",
            "subtotal",
            "tax",
        ]
    },
)
