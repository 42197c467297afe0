"""No mapping holds the same key twice.

What
    A key stands twice in one mapping; the later value counts and the earlier is lost.

Why
    YAML and JSON forbid it, and which value counts differs between readers.

Bad
    paths:
      /orders:
        get:
          summary: List orders
          summary: List all orders
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          summary: List all orders
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("duplicate-key", Severity.ERROR)
