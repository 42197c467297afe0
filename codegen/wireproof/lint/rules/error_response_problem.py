"""Errors are told as application/problem+json.

What
    A 4xx, 5xx or `default` response has a JSON body of another media type than
    `application/problem+json`. The option `media-types` lists what is taken instead.

Why
    RFC 9457 gives errors one shape that clients, gateways and both SDKs know: `type`, `title`,
    `status`, `detail`, and members of your own beside them.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {description: ok}
            '404':
              description: not found
              content: {application/json: {schema: {type: object}}}

Good
    paths:
      /orders:
        get:
          responses:
            '200': {description: ok}
            '404':
              description: not found
              content: {application/problem+json: {schema: {type: object}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    is_json,
    statuses,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the media type, where the response is written, however often it is used."""
    wanted = scope.texts("media-types")
    for status, response in _errors(node, scope):
        content = response.get("content")
        for media_type, media in content.items() if content is not None else ():
            plain = media_type.partition(";")[0].strip().lower()
            if is_json(media_type) and plain not in wanted:
                yield Problem(
                    media,
                    f"the error response {status} is told as {media_type}",
                    f"use {wanted[0]} (RFC 9457)",
                    key=True,
                )


def _errors(root: Node, scope: Scope) -> Iterator[tuple[str, Node]]:
    """Error responses, each once."""
    del root
    seen: set[int] = set()
    for one in scope.facts.operations.values():
        for status, response in statuses(scope, one.node).items():
            if (status[0] in "45" or status == "default") and id(response.value) not in seen:
                seen.add(id(response.value))
                yield status, response


RULE = Rule(
    "error-response-problem",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"media-types": ["application/problem+json"]},
)
