"""The gate's answer for people: a code frame, the witness, who is affected, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.report.findings import FindingRow, GateReport, WitnessRow
from wireproof.report.text import Style, frame, plain

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SHOWN_OPERATIONS = 6
_LABEL = 36  # width of the left column of a witness


def render(report: GateReport, style: Style = plain, *, quiet: bool = True) -> str:
    """Findings with frames, and a last line with the verdict.

    With `quiet`, what breaks nothing is only counted.
    """
    shown = [row for row in report.findings if not quiet or row.severity > Severity.INFO]
    blocks = ["\n".join(_block(row, report, style)) for row in shown]
    return "\n\n".join([*blocks, _last(report, style)]) + "\n"


def _block(row: FindingRow, report: GateReport, style: Style) -> Iterator[str]:
    place = row.head or row.base
    label = style(row.severity.label, _COLOURS[row.severity])
    where = f"{style(str(place), 'bold')} " if place else ""
    yield f"{where}{label} {row.rule}  [{row.tier}]"
    if place:
        yield from frame(place, style)
    yield f"  {row.message}"
    if row.head and row.base:
        yield f"  in {report.base}: {row.base}"
    if row.witness:
        yield from _witness(row, row.witness, report)
    if row.reason:
        yield f"  {row.reason if row.verdict == 'breaking' else f'{row.verdict}: {row.reason}'}"
    if row.operations:
        yield f"  affects: {_operations(row.operations)}"
    if row.verdict == "breaking":
        yield (
            f"  help: undo it, release a major version, or waive {row.fingerprint}; "
            f"`wireproof explain {row.rule}`"
        )


def _witness(row: FindingRow, witness: WitnessRow, report: GateReport) -> Iterator[str]:
    names = {"base": report.base, "head": report.head}
    verb = "accepts" if row.direction == "request" else "allows"
    value = json.dumps(witness.value, ensure_ascii=False, default=str)
    first = f"  {witness.part} that {names[witness.accepted_by]} {verb}"
    second = f"  and {names[witness.rejected_by]} rejects"
    yield f"{first:<{_LABEL}}  {value}"
    yield f"{second:<{_LABEL}}  {witness.error}"


def _operations(operations: tuple[str, ...]) -> str:
    shown = ", ".join(operations[:_SHOWN_OPERATIONS])
    more = len(operations) - _SHOWN_OPERATIONS
    tail = f" and {more} more" if more > 0 else ""
    return f"{shown}{tail} ({len(operations)} operation{'s' * (len(operations) != 1)})"


def _last(report: GateReport, style: Style) -> str:
    colour = {"breaking": "red", "unproven": "yellow", "compatible": "green"}[report.verdict]
    counts = ", ".join(f"{count} {name}" for name, count in report.summary.items() if count)
    step = "" if report.semver == "none" else f"; the smallest honest step is {report.semver}"
    verdict = style(report.verdict, colour)
    return f"{verdict}: {report.base} -> {report.head} ({counts or 'no change'}){step}"
