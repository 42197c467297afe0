"""A reference leads to an object of the kind that is expected.

What
    A `$ref` leads to a component of another kind: a response where a schema belongs. Or it stands
    for a whole map or list, as in `paths: {$ref: paths.yaml}`: a warning, because that is followed
    all the same, though no version of OpenAPI has it.

Why
    Readers take the target for what it is not, or do not follow the reference at all.

Bad
    paths:
      /orders:
        get:
          responses:
            '200': {$ref: '#/components/schemas/Order'}
    components:
      schemas:
        Order: {type: object}

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

RULE = Rule("misplaced-ref", Severity.ERROR)
