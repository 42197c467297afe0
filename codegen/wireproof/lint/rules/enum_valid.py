"""Values of an enum are of its type, each once.

What
    A value of `enum` does not fit the `type` beside it, or stands there twice.

Why
    A value of another type can never be sent; generators drop it, or fail.

Bad
    paths: {}
    components:
      schemas:
        Side: {type: string, enum: [buy, sell, buy]}

Good
    paths: {}
    components:
      schemas:
        Side: {type: string, enum: [buy, sell]}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    types,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int, float, Decimal),
    "number": (int, float, Decimal),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each value that is too much."""
    wanted = types(node.value)
    allowed = tuple(kind for name in sorted(wanted) for kind in _TYPES.get(name, (object,)))
    seen: set[str] = set()
    values = node.get("enum")
    for value in values.elements() if values is not None else ():
        raw = value.value
        shown = json.dumps(raw, default=str, sort_keys=True)
        if shown in seen:
            yield Problem(value, f"{shown} stands twice in this enum", "remove one of them")
        seen.add(shown)
        odd_bool = isinstance(raw, bool) and bool not in allowed and object not in allowed
        if wanted and raw is not None and (odd_bool or not isinstance(raw, allowed)):
            kinds = " or ".join(sorted(wanted))
            hint = "put it in quotes" if "string" in wanted else "correct the value or the type"
            yield Problem(value, f"{shown} is no {kinds}, as this enum wants", hint)


RULE = Rule("enum-valid", Severity.WARNING, ("schema",), check, keys=frozenset({"enum"}))
