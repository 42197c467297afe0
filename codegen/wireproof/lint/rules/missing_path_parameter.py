"""What stands in braces in a path is declared.

What
    A path template has a parameter that its operation does not declare.

Why
    Without a type, clients cannot build the path and servers cannot read it.

Bad
    paths:
      /orders/{order_id}:
        get:
          responses: {'200': {description: ok}}

Good
    paths:
      /orders/{order_id}:
        get:
          parameters:
            - {name: order_id, in: path, required: true, schema: {type: string}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("missing-path-parameter", Severity.ERROR)
