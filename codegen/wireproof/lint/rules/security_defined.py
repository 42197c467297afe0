"""Security requirements name declared schemes.

What
    A security requirement names a scheme that `components.securitySchemes` does not have.

Why
    Clients cannot authenticate in a way that is described nowhere.

Bad
    paths:
      /orders:
        get:
          security: [{apiKey: []}]
          responses: {'200': {description: ok}}
    components:
      securitySchemes:
        api_key: {type: apiKey, in: header, name: X-Api-Key}

Good
    paths:
      /orders:
        get:
          security: [{api_key: []}]
          responses: {'200': {description: ok}}
    components:
      securitySchemes:
        api_key: {type: apiKey, in: header, name: X-Api-Key}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each name that is not declared."""
    schemes = scope.facts.names("components", "securitySchemes")
    written = node.get("security")
    for requirement in written.elements() if written is not None else ():
        for name, scopes in requirement.items():
            if name not in schemes:
                near = get_close_matches(name, list(schemes), n=1, cutoff=0.5)
                hint = f"did you mean {near[0]}?" if near else "declare it in components"
                yield Problem(scopes, f"there is no security scheme {name}", hint, key=True)


RULE = Rule(
    "security-defined",
    Severity.ERROR,
    ("operation", "openapi"),
    check,
    keys=frozenset({"security"}),
)
