"""From findings to the rows of a changelog."""

from __future__ import annotations

from collections.abc import Iterable

from wireproof.cli.documentation import upgrade
from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rules import ALL
from wireproof.report.changelog import ChangeRow, UpgradeRow

_ACTIONS = {rule.id: rule.action for rule in ALL}
_SECTIONS = {"add": "Added", "remove": "Removed", "change": "Changed"}
_ANNOUNCEMENTS = frozenset({"deprecated", "schema-deprecated"})


def change_rows(findings: Iterable[Finding]) -> tuple[ChangeRow, ...]:
    """One row a finding, in the findings' order."""
    return tuple(
        ChangeRow(_section(finding), finding.message, finding.operations, str(finding.place or ""))
        for finding in findings
    )


def upgrade_rows(findings: Iterable[Finding]) -> tuple[UpgradeRow, ...]:
    """What callers must do: one row a break, also where it was waived or breaks code alone."""
    return tuple(
        UpgradeRow(
            finding.operations,
            finding.message,
            upgrade(finding.rule, finding.side.value if finding.side else ""),
        )
        for finding in findings
        if finding.verdict is Verdict.BREAKING
    )


def _section(finding: Finding) -> str:
    if finding.verdict is Verdict.BREAKING and finding.tier is not Tier.SDK:
        return "Breaking"
    if finding.verdict is Verdict.UNPROVEN:
        return "Unproven"
    if finding.rule in _ANNOUNCEMENTS:
        return "Deprecated"
    return _SECTIONS[_ACTIONS[finding.rule]]
