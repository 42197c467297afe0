"""operationIds are written in one style.

What
    An `operationId` is not in the configured `style`: snake, camel, pascal, kebab, screaming,
    or `consistent` (the default), which is the style of at least four of five.

Why
    SDKs, logs and metrics show these names side by side.

Bad
    paths:
      /orders:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}
        post: {operationId: createOrder, responses: {'200': {description: ok}}}
        delete: {operationId: cancelOrders, responses: {'200': {description: ok}}}
      /trades:
        get: {operationId: listTrades, responses: {'200': {description: ok}}}
      /fees:
        get: {operationId: list_fees, responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}
      /fees:
        get: {operationId: listFees, responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint import casing
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each id that is not in the style."""
    named = [
        (identifier.value, identifier)
        for one in scope.facts.operations.values()
        if one.served
        and (identifier := one.node.get("operationId")) is not None
        and isinstance(identifier.value, str)
    ]
    yield from casing.deviants(named, scope.text("style"), "operationId")


RULE = Rule(
    "operation-id-style",
    Severity.WARNING,
    ("openapi",),
    check,
    options={"style": casing.CONSISTENT},
)
