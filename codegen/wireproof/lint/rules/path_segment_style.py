"""Path segments are written in one style.

What
    A fixed segment of a path is not in the configured `style`, by default the one that at least
    four of five are in.

Why
    Paths are typed by hand and compared byte by byte.

Bad
    paths:
      /orders/by-client-id: {get: {responses: {'200': {description: ok}}}}
      /rate-limits: {get: {responses: {'200': {description: ok}}}}
      /api-keys: {get: {responses: {'200': {description: ok}}}}
      /dark-pools/open_trades: {get: {responses: {'200': {description: ok}}}}

Good
    paths:
      /orders/by-client-id: {get: {responses: {'200': {description: ok}}}}
      /rate-limits: {get: {responses: {'200': {description: ok}}}}
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
    """One problem at the first path with each segment that is not in the style."""
    named = [
        (segment, node)
        for path, node in scope.facts.names("paths").items()
        for segment in path.split("/")
        if _PLAIN.match(segment)
    ]
    yield from casing.deviants(named, scope.text("style"), "path segment", key=True)


RULE = Rule(
    "path-segment-style",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"style": casing.CONSISTENT},
)
