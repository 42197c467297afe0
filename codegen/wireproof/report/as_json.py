"""One JSON object; its fields are a promise to machines."""

from __future__ import annotations

import json
from typing import Any

from wireproof.diagnostics import Severity, Span
from wireproof.report.listing import Entry, Listing


def render(listing: Listing) -> str:
    """The object, indented, keys in a fixed order, with a final newline."""
    counts = {one.label: listing.count(one) for one in sorted(Severity, reverse=True)}
    document = {"summary": counts, "findings": [_finding(entry) for entry in listing.entries]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(entry: Entry) -> dict[str, Any]:
    diagnostic = entry.diagnostic
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "place": _place(diagnostic.span),
        "pointer": diagnostic.pointer,
        "related": [
            {"message": related.message, "place": _place(related.span)}
            for related in diagnostic.related
        ],
        "fingerprint": entry.fingerprint,
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
