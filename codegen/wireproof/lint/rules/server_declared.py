"""The contract says where the API is.

What
    The root has no `servers`.

Why
    Clients then take the address that the document was fetched from; SDKs have no default.

Bad
    paths:
      /orders: {get: {responses: {'200': {description: ok}}}}

Good
    servers: [{url: 'https://api.example.com'}]
    paths:
      /orders: {get: {responses: {'200': {description: ok}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(root: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at a document with paths, but without servers."""
    if root.value.get("paths") and not root.value.get("servers"):
        yield Problem(
            root.get("paths") or root,
            "the contract does not say where the API is",
            "add servers: [{url: https://...}]",
            key=True,
        )


RULE = Rule("server-declared", Severity.INFO, ("openapi",), check)
