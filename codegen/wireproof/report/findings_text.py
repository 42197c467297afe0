"""The gate's answer for people: a code frame, the witness, who is affected, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from wireproof.diagnostics import Related, Severity, Span
from wireproof.report.findings import FindingRow, GateReport
from wireproof.report.findings_words import advice, said
from wireproof.report.text import Style, frame, plain, safe

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SHOWN_OPERATIONS = 6
_SEVERAL = 3  # findings at one place that are told together
_MANY = 12  # findings that do not fit on a screen
_LABEL = 32  # width of the left column of a witness


def render(report: GateReport, style: Style = plain, *, quiet: bool = True) -> str:
    """Findings with frames, and a last line with the verdict.

    With `quiet`, what breaks nothing is only counted. Where there are many, the last lines also
    count them by rule: they are what a terminal shows.
    """
    shown = report.loud if quiet else report.findings
    groups = [list(rows) for _, rows in groupby(shown, key=_group)]
    blocks = ["\n".join(_told(rows, report, style)) for rows in groups]
    table = ["\n".join(_table(shown))] if len(shown) >= _MANY else []
    return "\n\n".join([*blocks, *table, verdict(report, style)]) + "\n"


def _group(row: FindingRow) -> tuple[object, ...]:
    """What rows share that can be told together: one place in the head where things are missing."""
    alone = row.witness is not None or row.head is None or row.base is None or row.trail
    own = row.fingerprint if alone or len(row.operations) > 1 else ""
    return row.rule, row.severity, row.head, row.reason, own


def _told(rows: Sequence[FindingRow], report: GateReport, style: Style) -> Iterator[str]:
    if len(rows) < _SEVERAL:
        yield "\n\n".join("\n".join(_block(row, report, style)) for row in rows)
        return
    first = rows[0]
    yield f"{_headline(first, style)}  {len(rows)} times"
    yield from frame(first.head, style) if first.head else ()
    for row in rows:
        yield f"  {safe(row.message)}"
        yield f"    {row.fingerprint}  in {report.base}: {row.base}"
    if first.reason:
        yield f"  {_reason(first)}"
    if advice(first):
        yield f"  help: {advice(first).replace(first.fingerprint, 'FINGERPRINT...')}"


def _table(rows: Sequence[FindingRow]) -> Iterator[str]:
    """How often each rule speaks, errors first."""
    counts = Counter((-row.severity, row.rule) for row in rows)
    width = max(len(rule) for _, rule in counts)
    for (severity, rule), count in sorted(counts.items()):
        yield f"{count:>6}  {rule:<{width}}  {Severity(-severity).label}"


def verdict(report: GateReport, style: Style = plain) -> str:
    """`breaking: 1.0.0 -> 1.1.0 (2 breaking); 1 blocks, 1 waived; ... step is major`."""
    colour = {"breaking": "red", "unproven": "yellow", "compatible": "green"}[report.verdict]
    if colour == "red" and report.gating is not None and not report.gating.blocking:
        colour = "yellow"
    counts = ", ".join(f"{count} {name}" for name, count in report.summary.items() if count)
    step = "" if report.semver == "none" else f"; the smallest honest step is {report.semver}"
    word = style(report.verdict, colour)
    said = f"({counts or _nothing(report)}){_blocking(report)}{step}{_hidden(report)}"
    return f"{word}: {report.base} -> {report.head} {said}"


def _blocking(report: GateReport) -> str:
    """How many findings fail the gate, where the verdicts do not say it."""
    gating = report.gating
    if gating is None or gating.blocking == report.summary.get("breaking", 0):
        return ""
    blocking = f"{gating.blocking} block{'s' * (gating.blocking == 1)}"
    waived = f", {gating.waived} waived" if gating.waived else ""
    return f"; {blocking if gating.blocking else 'nothing blocks'}{waived}"


def _nothing(report: GateReport) -> str:
    gating = report.gating
    if gating is None or not gating.hidden:
        return "no change"
    if not gating.hidden.keys().isdisjoint(gating.tiers):
        return "no change on paths that gate"
    return f"no change at {' and '.join(gating.tiers) or 'any tier that gates'}"


def _hidden(report: GateReport) -> str:
    """What changed at tiers that do not gate."""
    hidden = report.gating.hidden if report.gating else {}
    if not hidden:
        return ""
    parts = [f"{count} at {tier} (--tier {tier})" for tier, count in hidden.items()]
    return f"; not gating: {', '.join(parts)}"


def _block(row: FindingRow, report: GateReport, style: Style) -> Iterator[str]:
    place = row.head or row.base
    yield _headline(row, style)
    if place:
        yield from frame(place, style)
    yield f"  {safe(row.message)}"
    if row.head and row.base:
        yield f"  in {report.base}: {row.base}"
        yield from frame(row.base, style)
    if row.trail:
        yield f"  by $ref: {' -> '.join(_step(one, place) for one in row.trail)}"
    words = said(row, report)
    if words is not None:
        yield f"  {words.accepted:<{_LABEL}}  {safe(words.value)}"
        yield f"  {words.rejected:<{_LABEL}}  {safe(words.error)}"
    if row.reason:
        yield f"  {_reason(row)}"
    if row.operations:
        yield f"  affects: {_operations(row.operations)}"
    if advice(row):
        yield f"  help: {advice(row)}"


def _headline(row: FindingRow, style: Style) -> str:
    place = row.head or row.base
    label = style(row.severity.label, _COLOURS[row.severity])
    where = f"{style(str(place), 'bold')} " if place else ""
    return f"{where}{label} {row.rule}  [{row.tier}]"


def _reason(row: FindingRow) -> str:
    return row.reason if row.verdict == "breaking" else f"{row.verdict}: {row.reason}"


def _step(step: Related, place: Span | None) -> str:
    """Where a reference stands; the file only where it is not the finding's."""
    span = step.span
    here = place is not None and place.file == span.file
    return f"{safe(step.message)} ({f'{span.line}:{span.column}' if here else span})"


def _operations(operations: tuple[str, ...]) -> str:
    shown = ", ".join(operations[:_SHOWN_OPERATIONS])
    more = len(operations) - _SHOWN_OPERATIONS
    tail = f" and {more} more" if more > 0 else ""
    return f"{shown}{tail} ({len(operations)} operation{'s' * (len(operations) != 1)})"
