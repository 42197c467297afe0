"""From the gate's findings to rows that any report can print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wireproof import __version__
from wireproof.cli.documentation import page
from wireproof.compat.finding import Finding, Verdict, Witness
from wireproof.compat.pairing import operations
from wireproof.compat.semver import smallest
from wireproof.compat.trail import Trails, name
from wireproof.diagnostics import Related, Severity
from wireproof.ir.contract import Contract
from wireproof.report.findings import FindingRow, GateReport, Gating, WitnessRow
from wireproof.report.findings_listing import listing
from wireproof.report.listing import Listing, Page
from wireproof.source.node import Node

_READABLE = 400
"""Characters of a whole message that are worth confirming: reports show no longer ones."""

Trail = Callable[[Finding], tuple[Related, ...]]


def gate_report(
    findings: Sequence[Finding],
    base: str,
    head: str,
    trail: Trail = lambda _finding: (),
    gating: Gating | None = None,
    *,
    quiet: bool = False,
) -> GateReport:
    """Findings in their order with the verdict over all of them.

    With `quiet`, no rows are made of what is only information: to find its places takes time.
    """
    shown = [one for one in findings if not quiet or one.severity > Severity.INFO]
    verdicts = [finding.verdict for finding in findings]
    worst = max(verdicts, default=Verdict.COMPATIBLE)
    return GateReport(
        verdict=worst.label,
        semver=smallest(findings).label,
        base=base,
        head=head,
        findings=tuple(_row(finding, trail) for finding in shown),
        summary={verdict.label: verdicts.count(verdict) for verdict in reversed(Verdict)},
        gating=gating,
    )


def trails(base: Contract, head: Contract) -> Trail:
    """How the first affected operation gets to where a finding points, for those that are loud."""
    known = {pair.label: pair for pair in operations(base, head)}
    before, after = Trails(base), Trails(head)

    def trail(finding: Finding) -> tuple[Related, ...]:
        pair = known.get(finding.operations[0]) if finding.operations else None
        if pair is None or finding.severity is Severity.INFO:
            return ()
        steps: tuple[Node, ...] = ()
        if pair.head is not None and finding.head is not None:
            steps = after.trail(pair.head, finding.head)
        elif pair.base is not None and finding.base is not None:
            steps = before.trail(pair.base, finding.base)
        return tuple(Related(name(step), step.span) for step in steps)

    return trail


def gate_listing(report: GateReport, command: str, *, quiet: bool) -> Listing:
    """The report for the formats that print diagnostics, with the pages of the rules named."""
    rows = report.loud if quiet else report.findings
    pages = dict(_pages(row.rule for row in rows))
    return listing(report, rows, pages, version=__version__, name=command)


def _pages(rules: Iterable[str]) -> Iterable[tuple[str, Page]]:
    for rule in dict.fromkeys(rules):
        text = page(rule)
        yield rule, Page(text.partition("\n")[0], text, Severity.ERROR)


def _row(finding: Finding, trail: Trail) -> FindingRow:
    whole = finding.whole_within(_READABLE)
    return FindingRow(
        rule=finding.rule,
        severity=finding.severity,
        tier=finding.tier.value,
        verdict=finding.verdict.label,
        direction=finding.side.value if finding.side else None,
        operations=finding.operations,
        pointer=f"#{finding.subject}",
        base=finding.base_place,
        head=finding.head_place,
        message=finding.message,
        fingerprint=finding.fingerprint,
        witness=_witness(finding.witness) if finding.witness else None,
        reason=finding.reason,
        whole=_witness(whole) if whole else None,
        trail=trail(finding),
    )


def _witness(witness: Witness) -> WitnessRow:
    return WitnessRow(
        witness.part,
        witness.value,
        witness.accepted_by,
        witness.rejected_by,
        witness.error,
        witness.operation,
    )
