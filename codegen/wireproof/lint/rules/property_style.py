"""Properties are written in one style.

What
    The name of a property is not in the configured `style`: snake, camel, pascal, kebab,
    screaming, or `consistent` (the default), which is the style of at least four of five.
    Names that standards fix (`access_token` of OAuth) are let pass.

Why
    Whoever knows one name of an API should be able to guess the spelling of the next.

Bad
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            order_id: {type: string}
            limit_price: {type: string}
            stop_price: {type: string}
            created_time: {type: string}
            clientId: {type: string}

Good
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            order_id: {type: string}
            client_id: {type: string}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint import casing
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_PLAIN = re.compile(r"[A-Za-z][\w-]*\Z")


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the first use of each name that is not in the style."""
    named = [
        (str(node.key), node)
        for node, kind in scope.facts.visited
        if kind == "schema"
        and node.parent is not None
        and node.parent.key == "properties"
        and _PLAIN.match(str(node.key))
    ]
    yield from casing.deviants(named, scope.text("style"), "property", key=True)


RULE = Rule(
    "property-style",
    Severity.INFO,
    ("openapi",),
    check,
    options={"style": casing.CONSISTENT},
)
