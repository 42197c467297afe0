"""What answers 204, 205 or 304 has no body.

What
    A 204, 205 or 304 response has `content`.

Why
    HTTP allows no content there (RFC 9110, section 15.3.5 and others): it never arrives.

Bad
    paths:
      /orders:
        delete:
          responses:
            '204': {description: gone, content: {application/json: {schema: {type: object}}}}

Good
    paths:
      /orders:
        delete:
          responses:
            '204': {description: gone}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    statuses,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the status of such a response."""
    for status, response in statuses(scope, node).items():
        if status in ("204", "205", "304") and response.value.get("content"):
            written = node.get("responses")
            place = written.get(status) if written is not None else None
            yield Problem(
                place or response,
                f"a {status} response never has a body, but this one declares one",
                "remove content, or answer 200",
                key=True,
            )


RULE = Rule("no-content-body", Severity.WARNING, ("operation",), check)
