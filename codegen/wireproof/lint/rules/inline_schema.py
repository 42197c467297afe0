"""Objects in messages have names.

What
    The body of a request or a response is an object with properties, written in place instead
    of in `components.schemas`.

Why
    Its type is named after the place where it stands, and gets another name when the place
    moves.

Bad
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content:
                application/json:
                  schema: {type: object, properties: {order_id: {type: string}}}

Good
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
    components:
      schemas:
        Order: {type: object, properties: {order_id: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at such a schema."""
    schema = node.get("schema")
    if schema is None or not isinstance(schema.value, dict):
        return
    if schema.value.get("properties") and schema.value.keys().isdisjoint(("title", "x-sdk-name")):
        yield Problem(
            schema,
            "this body is an object without a name of its own",
            "move it to components.schemas and refer to it, or give it a title",
            key=True,
        )


RULE = Rule(
    "inline-schema",
    Severity.INFO,
    ("mediaType",),
    check,
    keys=frozenset({"schema"}),
    recommended=False,
)
