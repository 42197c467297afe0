"""A parameter is declared once.

What
    Two parameters of one list have the same name and place.

Why
    Which of the two counts differs between readers.

Bad
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
            - {name: limit, in: query, schema: {type: string}}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          parameters:
            - {name: limit, in: query, schema: {type: integer}}
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("duplicate-parameter", Severity.ERROR)
