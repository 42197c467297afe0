"""Exceptions are for rules that exist, have a reason, and are needed.

What
    An entry of `x-wireproof-ignore` names no rule, has no reason, or the rule finds nothing
    there.

Why
    An exception that nobody needs any more hides the next real flaw; one without a reason
    cannot be reviewed.

Bad
    paths:
      /orders:
        get:
          x-wireproof-ignore: {duplicate-parameter: they are two}
          responses: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("suppression", Severity.WARNING)
