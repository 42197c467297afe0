"""Errors are told as application/problem+json.

What
    A 4xx, 5xx or `default` response has a JSON body of another media type than
    `application/problem+json`. The option `media-types` lists what is taken instead. Where
    no error is told so, one finding stands for all.

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


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each such media type; a single one where the whole contract has its own."""
    wanted = scope.texts("media-types")
    odd: list[tuple[str, Node]] = []
    right = 0
    for status, response in _errors(scope):
        content = response.get("content")
        for media_type, media in content.items() if content is not None else ():
            if media_type.partition(";")[0].strip().lower() in wanted:
                right += 1
            elif is_json(media_type):
                odd.append((status, media))
    if len(odd) > 1 and not right:
        first = odd[0][1]
        yield Problem(
            first,
            f"{len(odd)} error responses are told as {first.key} or the like, none as {wanted[0]}",
            f"use {wanted[0]} (RFC 9457), or name your own type in the option media-types",
            key=True,
        )
        return
    for status, media in odd:
        yield Problem(
            media,
            f"the error response {status} is told as {media.key}",
            f"use {wanted[0]} (RFC 9457)",
            key=True,
        )


def _errors(scope: Scope) -> Iterator[tuple[str, Node]]:
    """Error responses, each once, where they are written."""
    seen: set[int] = set()
    for one in scope.facts.operations.values():
        for status, response in statuses(scope, one.node).items():
            if (status[:1] in ("4", "5") or status == "default") and id(response.value) not in seen:
                seen.add(id(response.value))
                yield status, response


RULE = Rule(
    "error-response-problem",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"media-types": ["application/problem+json"]},
)
