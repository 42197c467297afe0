"""A format belongs to its type.

What
    A `format` of strings stands with a number, or the other way round: `format: date-time` with
    `type: integer`.

Why
    Formats say nothing about other types (JSON Schema Validation, section 7.1), so the format
    is ignored, and one of the two is wrong.

Bad
    paths: {}
    components:
      schemas:
        CreatedAt: {type: integer, format: date-time}

Good
    paths: {}
    components:
      schemas:
        CreatedAt: {type: string, format: date-time}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.reading import (
    types,
)
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_NUMBERS = frozenset(("double", "float", "int32", "int8", "int16", "uint8", "uint16", "uint32"))
_STRINGS = frozenset(
    (
        "byte", "binary", "date", "date-time", "duration", "email", "hostname", "idn-email",
        "ipv4", "ipv6", "password", "regex", "time", "uri", "uri-reference", "uuid",
    )
)  # fmt: skip


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at a format of another type."""
    given, found = node.get("format"), types(node.value)
    if given is None or not isinstance(given.value, str) or not found:
        return
    wanted = "string" if given.value in _STRINGS else "number" if given.value in _NUMBERS else ""
    fine = {"string": {"string"}, "number": {"number", "integer"}}.get(wanted)
    if fine is not None and found.isdisjoint(fine):
        kinds = " or ".join(sorted(found))
        yield Problem(
            given,
            f"format {given.value} is for a {wanted}, but the type is {kinds}",
            f"use `type: {wanted}`, or remove the format",
        )


RULE = Rule("format-type", Severity.WARNING, ("schema",), check, keys=frozenset({"format"}))
