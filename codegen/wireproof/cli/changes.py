"""From findings to the rows of a changelog."""

from __future__ import annotations

from collections.abc import Iterable

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rules import ALL
from wireproof.report.changelog import ChangeRow

_ACTIONS = {rule.id: rule.action for rule in ALL}
_SECTIONS = {"add": "Added", "remove": "Removed", "change": "Changed"}
_ANNOUNCEMENTS = frozenset({"deprecated", "schema-deprecated"})


def change_rows(findings: Iterable[Finding]) -> tuple[ChangeRow, ...]:
    """One row a finding, in the findings' order."""
    return tuple(
        ChangeRow(_section(finding), finding.message, finding.operations, str(finding.place or ""))
        for finding in findings
    )


def _section(finding: Finding) -> str:
    if finding.verdict is Verdict.BREAKING and finding.tier is not Tier.SDK:
        return "Breaking"
    if finding.verdict is Verdict.UNPROVEN:
        return "Unproven"
    if finding.rule in _ANNOUNCEMENTS:
        return "Deprecated"
    return _SECTIONS[_ACTIONS[finding.rule]]
