"""x-idempotency names what is there.

What
    The key of `x-idempotency` is no member of the body, header or query parameter of the
    operation, or its `lookup` is no operationId.

Why
    SDKs send that key with every attempt; a name that the server does not know makes every
    retry a second order.

Bad
    paths:
      /orders:
        post:
          x-idempotency: {key: client_id, in: body}
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {client_order_id: {type: string}}}
          responses: {'201': {description: created}}

Good
    paths:
      /orders:
        post:
          x-idempotency: {key: client_order_id, in: body}
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {client_order_id: {type: string}}}
          responses: {'201': {description: created}}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    body_schema,
    properties,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at a key or a lookup that leads nowhere."""
    declared = node.get("x-idempotency")
    key = declared.get("key") if declared is not None else None
    if declared is None or key is None or not isinstance(key.value, str):
        return
    place = declared.value.get("in", "header")
    known = _names(scope, node, place)
    if known is not None and key.value.lower() not in map(str.lower, known):
        near = get_close_matches(key.value, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "declare it, or correct the name"
        yield Problem(key, f"the {place} has no {key.value} to be the idempotency key", hint)
    lookup = declared.get("lookup")
    if lookup is not None and isinstance(lookup.value, str):
        ids = scope.facts.operation_ids
        if lookup.value not in ids:
            near = get_close_matches(lookup.value, list(ids), n=1)
            hint = f"did you mean {near[0]}?" if near else "name an operationId"
            yield Problem(lookup, f"there is no operation {lookup.value}", hint)


def _names(scope: Scope, operation: Node, place: object) -> list[str] | None:
    """What the key may name; None where that cannot be told."""
    if place == "body":
        body = scope.follow(operation.get("requestBody"))
        schema = body_schema(scope, body)
        return [name for name, _ in properties(scope, schema)] or None
    return [
        str(one.value.get("name"))
        for one in scope.parameters(operation)
        if one.value.get("in") == place
    ]


RULE = Rule(
    "idempotency-valid", Severity.ERROR, ("operation",), check, keys=frozenset({"x-idempotency"})
)
