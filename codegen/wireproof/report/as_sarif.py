"""SARIF 2.1.0 (OASIS Standard, 27 March 2020), as code scanning services read it."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from wireproof.diagnostics import Diagnostic, Severity, Span
from wireproof.report.listing import Entry, Listing

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
_FINGERPRINT = "wireproof/v1"


def render(listing: Listing) -> str:
    """One run with the rules that it speaks of, indented, with a final newline."""
    named = sorted({one.rule for one in listing.diagnostics()})
    index = {rule: number for number, rule in enumerate(named)}
    driver = {
        "name": "wireproof",
        **({"semanticVersion": listing.version} if listing.version else {}),
        "rules": [_rule(rule, listing) for rule in named],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, index) for entry in listing.entries],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: str, listing: Listing) -> dict[str, Any]:
    page = listing.pages.get(rule)
    if page is None:
        return {"id": rule}
    return {
        "id": rule,
        "shortDescription": {"text": page.headline},
        "fullDescription": {"text": page.headline},
        "help": {"text": page.text, "markdown": f"```text\n{page.text}\n```"},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(entry: Entry, index: dict[str, int]) -> dict[str, Any]:
    diagnostic = entry.diagnostic
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index[diagnostic.rule],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _sentence(diagnostic)},
        "partialFingerprints": {_FINGERPRINT: entry.fingerprint},
    }
    if diagnostic.span is not None:
        logical = {"fullyQualifiedName": f"#{diagnostic.pointer}"}
        result["locations"] = [{**_location(diagnostic.span), "logicalLocations": [logical]}]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.span), "message": {"text": related.message}}
            for number, related in enumerate(diagnostic.related)
        ]
    return result


def _sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message


def _location(span: Span) -> dict[str, Any]:
    path = PurePath(span.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
