"""The gate's findings as diagnostics, for the formats that know nothing of witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wireproof.diagnostics import Diagnostic, Related
from wireproof.report.findings import FindingRow, GateReport
from wireproof.report.findings_words import advice, sentence
from wireproof.report.listing import Entry, Listing, Page


def listing(
    report: GateReport,
    rows: Iterable[FindingRow],
    pages: Mapping[str, Page],
    *,
    version: str,
    name: str,
) -> Listing:
    """One entry a row; where the base has it and the `$ref`s to it are related places."""
    entries = tuple(Entry(_diagnostic(row, report), row.fingerprint) for row in rows)
    return Listing(entries, pages, version, name)


def _diagnostic(row: FindingRow, report: GateReport) -> Diagnostic:
    before = [Related(f"in {report.base}", row.base)] if row.head and row.base else []
    trail = [Related(f"$ref to {one.message}", one.span) for one in row.trail]
    return Diagnostic(
        row.rule,
        row.severity,
        sentence(row, report),
        row.head or row.base,
        row.pointer.removeprefix("#"),
        advice(row),
        (*before, *trail),
    )
