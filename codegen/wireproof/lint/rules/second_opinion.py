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

from collections.abc import Iterator

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
    for error in other(root.value).iter_errors():
        node = root
        for step in error.absolute_path:
            node = node.get(step) or node
        message = error.message if len(error.message) <= _CLIP else f"{error.message[:_CLIP]}..."
        yield Problem(node, f"openapi-spec-validator says: {message}", "compare with the standard")


RULE = Rule(
    "second-opinion",
    Severity.WARNING,
    ("openapi",),
    check,
    recommended=False,
    options={"largest": 5000},
)
