"""In OpenAPI 3.0 a reference stands alone.

What
    A `$ref` of a 3.0 document has other keys beside it. A description alone is let through
    where the option `allow` lists it.

Why
    OpenAPI 3.0 ignores what stands beside `$ref` (Reference Object): `nullable: true` there
    does nothing. From 3.1 on it counts for schemas.

Bad
    openapi: 3.0.3
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            parent: {$ref: '#/components/schemas/Order', nullable: true}

Good
    openapi: 3.0.3
    paths: {}
    components:
      schemas:
        Order:
          type: object
          properties:
            parent: {nullable: true, allOf: [{$ref: '#/components/schemas/Order'}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_PROSE = frozenset(("$ref", "summary", "description", "title", "example", "examples"))


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a reference whose neighbours were meant to count."""
    if scope.version != "3.0":
        return
    lost = [key for key in node.value if key not in _PROSE and not key.startswith("x-")]
    if lost and _is_schema(node):
        first = node.get(lost[0])
        yield Problem(
            first or node,
            f"{', '.join(lost)} beside $ref {'is' if len(lost) == 1 else 'are'} ignored",
            "wrap the reference: allOf: [{$ref: ...}]",
            key=True,
        )


def _is_schema(node: Node) -> bool:
    """Elsewhere the meta-schema complains already."""
    return "/schemas/" in str(node.value["$ref"]) or "schema" in map(str, node.path)


RULE = Rule("ref-siblings", Severity.WARNING, ("reference",), check)
