"""References are relative.

What
    A `$ref` names an absolute path or a `file:` address.

Why
    It works on one machine only, and may read what was never meant to be in a contract.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: 'file:///srv/responses.yaml#/Order'}

Good
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: '#/components/responses/Order'}
    components:
      responses:
        Order: {description: ok}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("absolute-ref", Severity.ERROR)
