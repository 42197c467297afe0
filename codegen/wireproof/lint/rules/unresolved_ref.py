"""Every reference leads somewhere.

What
    A `$ref`, or an entry of a discriminator's mapping, leads to nothing.

Why
    Nothing can be generated, validated or shown for what is not there.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: '#/components/responses/Order'}
    components:
      responses:
        Orders: {description: ok}

Good
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: '#/components/responses/Orders'}
    components:
      responses:
        Orders: {description: ok}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("unresolved-ref", Severity.ERROR)
