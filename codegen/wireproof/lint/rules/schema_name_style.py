"""Names of schemas are written in one style.

What
    The name of a schema in `components` is not in the configured `style`: snake, camel, pascal,
    kebab, screaming, or `consistent` (the default), which is the style of at least four of
    five.

Why
    Whoever knows one name of an API should be able to guess the spelling of the next.

Bad
    paths: {}
    components:
      schemas:
        Order: {type: object}
        Trade: {type: object}
        Balance: {type: object}
        Position: {type: object}
        api_key: {type: object}

Good
    paths: {}
    components:
      schemas:
        Order: {type: object}
        ApiKey: {type: object}
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
        (name, node)
        for name, node in scope.facts.names("components", "schemas").items()
        if _PLAIN.match(name)
    ]
    yield from casing.deviants(named, scope.text("style"), "schema", key=True)


RULE = Rule(
    "schema-name-style",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"style": casing.CONSISTENT},
)
