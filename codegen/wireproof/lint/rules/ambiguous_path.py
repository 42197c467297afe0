"""No two paths match the same requests.

What
    Two path templates differ only in the names of their parameters. It is an error where they
    share a method, else a warning.

Why
    OpenAPI forbids it (Paths Object): a request would belong to both.

Bad
    paths:
      /orders/{id}:
        parameters:
          - {name: id, in: path, required: true, schema: {type: string}}
        get: {responses: {'200': {description: ok}}}
      /orders/{name}:
        parameters:
          - {name: name, in: path, required: true, schema: {type: string}}
        get: {responses: {'200': {description: ok}}}

Good
    paths:
      /orders/{id}:
        parameters:
          - {name: id, in: path, required: true, schema: {type: string}}
        get: {responses: {'200': {description: ok}}}
"""

from __future__ import annotations

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Rule

RULE = Rule("ambiguous-path", Severity.ERROR)
