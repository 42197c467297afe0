"""References lead to files, not to the network.

What
    A `$ref` leads to an http or https address, and `--allow-remote` was not given.

Why
    What the contract says would change with somebody else's server, and reading it would tell
    that server who reads.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: 'https://example.com/responses.yaml#/Order'}

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

RULE = Rule("remote-ref", Severity.ERROR)
