"""A declared path parameter stands in the path.

What
    A parameter is `in: path`, but the path template has no place for it.

Why
    Its value never reaches the server: most often one of the two was renamed.

Bad
    paths:
      /orders:
        get:
          parameters:
            - {name: order_id, in: path, required: true, schema: {type: string}}
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

RULE = Rule("unknown-path-parameter", Severity.ERROR)
