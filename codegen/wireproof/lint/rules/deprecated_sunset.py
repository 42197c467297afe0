"""What is deprecated says until when it works.

What
    An operation is `deprecated`, but has no `x-sunset`.

Why
    Clients plan by the date; the server announces it (`Sunset`, RFC 8594), and the gate lets
    nothing be removed before it.

Bad
    paths:
      /orders:
        get: {deprecated: true, responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {deprecated: true, x-sunset: 2027-01-31, responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the word, where no date stands beside it."""
    operation = scope.operation(node)
    written = node.get("deprecated")
    if operation is not None and written is not None and written.value is True:  # noqa: SIM102 - two questions
        if "x-sunset" not in node.value:
            yield Problem(
                written,
                f"{operation.label} is deprecated, but does not say until when it works",
                "add x-sunset: YYYY-MM-DD",
                key=True,
            )


RULE = Rule(
    "deprecated-sunset", Severity.INFO, ("operation",), check, keys=frozenset({"deprecated"})
)
