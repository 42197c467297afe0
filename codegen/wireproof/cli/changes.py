"""From findings to the rows of a changelog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wireproof.cli.documentation import upgrade
from wireproof.compat.finding import Finding, Side, Tier, Verdict
from wireproof.compat.rules import ALL
from wireproof.report.changelog import SECTIONS, ChangeRow, UpgradeRow

_ACTIONS = {rule.id: rule.action for rule in ALL}
_SECTIONS = {"add": "Added", "remove": "Removed", "change": "Changed"}
_GRAVE = frozenset({"Breaking", "Unproven"})
_SIDES = {Side.REQUEST: "requests", Side.RESPONSE: "answers", None: ""}
_ANNOUNCEMENTS = frozenset({"deprecated", "schema-deprecated"})


def change_rows(findings: Iterable[Finding]) -> tuple[ChangeRow, ...]:
    """One row a change, in the findings' order.

    What breaks on one side of an exchange and is harmless on the other is said where it breaks.
    """
    rows: dict[tuple[str, str, str], list[ChangeRow]] = {}
    for finding in findings:
        place = str(finding.place or "")
        section = _section(finding)
        side = _SIDES.get(finding.side, "") if section in _GRAVE else ""
        row = ChangeRow(section, finding.message, finding.operations, place, side)
        rows.setdefault((finding.rule, finding.message, place), []).append(row)
    return tuple(row for group in rows.values() for row in _gravest(group))


def _gravest(rows: list[ChangeRow]) -> Iterator[ChangeRow]:
    worst = min((SECTIONS.index(row.section) for row in rows), default=0)
    yield from (row for row in rows if SECTIONS.index(row.section) == worst)


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
