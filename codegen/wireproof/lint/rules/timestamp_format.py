"""Points in time have the format date-time.

What
    A string whose name ends in `_at`, `_time`, `At`, `Time` or `timestamp` has no `format`,
    pattern or enum.

Why
    With `format: date-time` it is RFC 3339 on the wire and a date in every SDK; without it, a
    text that each client reads in its own way.

Bad
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            created_at: {type: string}

Good
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            created_at: {type: string, format: date-time}
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

_TIME = re.compile(
    r"(?:[a-z0-9](?:At|Timestamp)|_(?:at|timestamp)|(?:_|\b)(?:timestamp|datetime))\Z"
)
_SAID = frozenset(("format", "pattern", "enum", "const", "x-extensible-enum"))


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at a property that is a point in time by its name only."""
    if node.parent is None or node.parent.key != "properties":
        return
    if (
        "string" in types(node.value)
        and _SAID.isdisjoint(node.value)
        and _TIME.search(str(node.key))
    ):
        yield Problem(
            node, f"{node.key} has no format, so it is any text", "add format: date-time", key=True
        )


RULE = Rule("timestamp-format", Severity.INFO, ("schema",), check, keys=frozenset({"type"}))
