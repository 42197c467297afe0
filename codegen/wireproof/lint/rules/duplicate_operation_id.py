"""Every operationId is used once.

What
    Two operations have the same `operationId`.

Why
    It names methods in SDKs, functions in servers and targets of links: two of one name are one
    too many.

Bad
    paths:
      /orders:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}
      /trades:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}

Good
    paths:
      /orders:
        get: {operationId: listOrders, responses: {'200': {description: ok}}}
      /trades:
        get: {operationId: listTrades, responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("duplicate-operation-id", Severity.ERROR)
