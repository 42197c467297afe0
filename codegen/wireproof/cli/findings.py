"""From the gate's findings to rows that any report can print."""

from __future__ import annotations

from collections.abc import Sequence

from wireproof.compat.finding import Finding, Verdict, Witness
from wireproof.compat.semver import smallest
from wireproof.diagnostics import Span
from wireproof.report.findings import FindingRow, GateReport, WitnessRow
from wireproof.source.node import Node


def gate_report(findings: Sequence[Finding], base: str, head: str) -> GateReport:
    """Findings in their order with the verdict over all of them."""
    verdicts = [finding.verdict for finding in findings]
    worst = max(verdicts, default=Verdict.COMPATIBLE)
    return GateReport(
        verdict=worst.label,
        semver=smallest(findings).label,
        base=base,
        head=head,
        findings=tuple(map(_row, findings)),
        summary={verdict.label: verdicts.count(verdict) for verdict in reversed(Verdict)},
    )


def _row(finding: Finding) -> FindingRow:
    return FindingRow(
        rule=finding.rule,
        severity=finding.severity,
        tier=finding.tier.value,
        verdict=finding.verdict.label,
        direction=finding.side.value if finding.side else None,
        operations=finding.operations,
        pointer=f"#{finding.subject}",
        base=_span(finding.base),
        head=_span(finding.head),
        message=finding.message,
        fingerprint=finding.fingerprint,
        witness=_witness(finding.witness) if finding.witness else None,
        reason=finding.reason,
    )


def _witness(witness: Witness) -> WitnessRow:
    return WitnessRow(
        witness.part, witness.value, witness.accepted_by, witness.rejected_by, witness.error
    )


def _span(node: Node | None) -> Span | None:
    return node.key_span if node is not None else None
