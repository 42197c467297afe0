"""Wireproof's own extensions are spelled right.

What
    A key beginning with `x-` looks like one of Wireproof's, but is not.

Why
    An extension that nobody knows is ignored in silence: no pages are turned, no call is
    repeated.

Bad
    paths:
      /orders:
        get:
          x-pagnation: {cursor: cursor}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          x-acme-owner: trading
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_KNOWN = (
    "x-enum-descriptions", "x-enum-varnames", "x-error-codes", "x-extensible-enum",
    "x-http-signature", "x-idempotency", "x-pagination", "x-rate-limit-cost", "x-rate-limits",
    "x-sdk-name", "x-stability", "x-stability-level", "x-sunset", "x-wireproof-ignore",
)  # fmt: skip
_OTHERS = frozenset(("x-enum-names", "x-enumnames", "x-rate-limit", "x-enumdescriptions"))
_CUTOFF = 0.88


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each key that is nearly one of ours."""
    for key in node.value:
        if not key.startswith("x-") or key in _KNOWN or key.lower() in _OTHERS:
            continue
        near = get_close_matches(key.lower(), _KNOWN, n=1, cutoff=_CUTOFF)
        if near:
            child = node.get(key)
            yield Problem(
                child or node, f"{key} is not known", f"did you mean {near[0]}?", key=True
            )


RULE = Rule(
    "unknown-extension",
    Severity.WARNING,
    ("openapi", "operation", "parameter", "response", "schema", "securityScheme", "pathItem"),
    check,
)
