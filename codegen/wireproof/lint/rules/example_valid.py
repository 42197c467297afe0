"""Examples fit their schemas.

What
    The example of a media type, a parameter, a header or a schema is no instance of its schema.
    Properties that only one side sends need not be there.

Why
    Examples are what readers copy, what the mock server answers, and what documentation shows:
    a wrong one is a wrong contract.

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
                  example: {order_id: 7}

Good
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content:
                application/json:
                  schema: {type: object, properties: {order_id: {type: string}}}
                  example: {order_id: '7'}
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    is_json,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Json, Node

_SHAPELESS = frozenset(("description", "example", "title"))


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each value that does not fit."""
    holder = "schema" in node.value
    schema = node.get("schema") if holder else node
    if schema is None or (holder and not _told_in_json(node)):
        return
    for value in _values(node, scope, of_schema=not holder):
        yield from _wrong(schema, value, scope)


def _told_in_json(node: Node) -> bool:
    """Whether the examples of a media type are JSON values; those of parameters always are."""
    parent = node.parent
    return parent is None or parent.key != "content" or is_json(str(node.key))


def _values(node: Node, scope: Scope, *, of_schema: bool) -> Iterator[Node]:
    if (single := node.get("example")) is not None:
        yield single
    several = node.get("examples")
    if several is None:
        return
    if of_schema:
        yield from several.elements()
        return
    for _, example in scope.entries(node, "examples"):
        value = example.get("value") or example.get("dataValue")
        if value is not None:
            yield value


def _wrong(schema: Node, value: Node, scope: Scope) -> Iterator[Problem]:
    target = scope.follow(schema)
    plain = target.value if target is not None else schema.value
    if isinstance(plain, dict) and plain.keys() <= _SHAPELESS:
        return
    errors = scope.facts.validators.errors(schema, value.value)
    if errors:
        yield Problem(
            value,
            f"the example does not fit its schema: {'; '.join(errors)}",
            "write the value itself: this is a text that holds JSON"
            if _is_json_text(value.value)
            else "correct the example or the schema: one of them is wrong",
            related=(("the schema", target or schema),),
        )


def _is_json_text(value: Json) -> bool:
    """Whether a text holds an object or a list as JSON, as some tools write examples."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        orjson.loads(value)
    except ValueError:
        return False
    return True


RULE = Rule(
    "example-valid",
    Severity.WARNING,
    ("mediaType", "parameter", "header", "schema"),
    check,
    keys=frozenset({"example", "examples"}),
)
