"""openapi-spec-validator agrees.

What
    The validator `openapi-spec-validator` finds something wrong that Wireproof does not.
    Documents of more objects than the option `largest` are left to Wireproof alone.

Why
    A second implementation that shares no code catches what the first has overlooked. It is
    slow, so it is off unless asked for.

Bad
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer, default: many}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer, default: 10}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_CLIP = 200


def check(root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each place that the other validator names."""
    largest = scope.options["largest"]
    if isinstance(largest, int) and len(scope.facts.visited) > largest:
        return
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator  # noqa: PLC0415 - takes 0.3 seconds to import

    other = OpenAPIV30SpecValidator if scope.version == "3.0" else OpenAPIV31SpecValidator
    try:
        for error in other(root.value).iter_errors():
            yield Problem(
                _deepest(root, error.absolute_path),
                f"openapi-spec-validator says: {_clipped(error.message)}",
                "compare with the standard",
            )
    except Exception as error:  # noqa: BLE001 - it raises whatever a broken document makes it stumble over
        yield Problem(
            root,
            f"openapi-spec-validator gives up: {_clipped(f'{type(error).__name__}: {error}')}",
            "correct what other rules find first",
        )


def _deepest(root: Node, path: Iterable[str | int]) -> Node:
    node = root
    for step in path:
        node = node.get(step) or node
    return node


def _clipped(message: str) -> str:
    line = message.partition("\n")[0]
    return line if len(line) <= _CLIP else f"{line[:_CLIP]}..."


RULE = Rule(
    "second-opinion",
    Severity.WARNING,
    ("openapi",),
    check,
    recommended=False,
    options={"largest": 5000},
)
