"""OAuth 2 scopes are declared by their scheme.

What
    A security requirement names a scope that no flow of its OAuth 2 scheme lists.

Why
    No token can be had for a scope that the authorization server does not know.

Bad
    paths:
      /orders:
        get:
          security: [{oauth: ['orders:reed']}]
          responses: {'200': {description: ok}}
    components:
      securitySchemes:
        oauth:
          type: oauth2
          flows:
            clientCredentials: {tokenUrl: https://example.com/token, scopes: {'orders:read': Read}}

Good
    paths:
      /orders:
        get:
          security: [{oauth: ['orders:read']}]
          responses: {'200': {description: ok}}
    components:
      securitySchemes:
        oauth:
          type: oauth2
          flows:
            clientCredentials: {tokenUrl: https://example.com/token, scopes: {'orders:read': Read}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each scope that is not declared."""
    schemes = scope.facts.names("components", "securitySchemes")
    written = node.get("security")
    for requirement in written.elements() if written is not None else ():
        for name, scopes in requirement.items():
            known = _scopes(scope, schemes.get(name))
            for each in scopes.elements() if known is not None else ():
                if known is not None and each.value not in known:
                    near = get_close_matches(str(each.value), known, n=1)
                    hint = f"did you mean {near[0]}?" if near else f"declare it in a flow of {name}"
                    yield Problem(each, f"{name} has no scope {each.value}", hint)


def _scopes(scope: Scope, scheme: Node | None) -> list[str] | None:
    """What the flows of an OAuth 2 scheme list; None for other schemes."""
    target = scope.follow(scheme)
    if target is None or target.value.get("type") != "oauth2":
        return None
    flows = target.value.get("flows")
    listed = flows.values() if isinstance(flows, dict) else ()
    scopes = [flow.get("scopes") for flow in listed if isinstance(flow, dict)]
    return [name for each in scopes if isinstance(each, dict) for name in each]


RULE = Rule(
    "security-scope-defined",
    Severity.ERROR,
    ("operation", "openapi"),
    check,
    keys=frozenset({"security"}),
)
