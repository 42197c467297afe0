"""The document has the shape that OpenAPI prescribes.

What
    A field is missing, unknown, or of the wrong kind, judged by the meta-schema of the
    document's version.

Why
    Every other tool reads the document by that shape; what it cannot place it ignores, or
    refuses.

Bad
    paths:
      /orders:
        get:
          respones: {'200': {description: ok}}

Good
    paths:
      /orders:
        get:
          responses: {'200': {description: ok}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("structure", Severity.ERROR)
