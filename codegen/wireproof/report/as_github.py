"""Workflow commands of GitHub Actions: each finding becomes an annotation of its line."""

from __future__ import annotations

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.report.listing import Listing

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def render(listing: Listing) -> str:
    """One command a line."""
    return "".join(f"{_command(one)}\n" for one in listing.diagnostics())


def _command(diagnostic: Diagnostic) -> str:
    fields = {"title": diagnostic.rule}
    span = diagnostic.span
    if span is not None:
        fields |= {"file": span.file, "line": str(span.line)}
        if span.end_line == span.line:  # columns are taken only within one line
            fields |= {"col": str(span.column), "endColumn": str(span.end_column)}
        else:
            fields |= {"endLine": str(span.end_line)}
    named = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    return f"::{_COMMANDS[diagnostic.severity]} {named}::{_data(text)}"


def _data(text: str) -> str:
    """Escaped as the runner undoes it: percent first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
