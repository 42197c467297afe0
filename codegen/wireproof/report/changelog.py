"""What changed between two contracts, for people: as text and as Markdown (Keep a Changelog)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SECTIONS = ("Breaking", "Unproven", "Added", "Changed", "Deprecated", "Removed")
"""In this order; one that is empty is left out."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: its section, a sentence, and the operations that it is about.

    `side` says whose messages break: "requests", "answers", or "" for the exchange as a whole.
    """

    section: str
    message: str
    operations: tuple[str, ...]
    place: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class UpgradeRow:
    """A break as its callers see it: where, what changed, and one sentence on what to do."""

    operations: tuple[str, ...]
    message: str
    task: str


def text(rows: Sequence[ChangeRow], base: str, head: str, semver: str) -> str:
    """Sections with indented lines, and what step the changes allow."""
    lines = [f"{base} -> {head}: {_count(rows)}, the smallest honest step is {semver}"]
    for section, members in _sections(rows):
        lines += ["", section]
        for row in members:
            place = f"  [{row.place}]" if row.place else ""
            lines.append(f"  {row.message}{_operations(row)}{place}")
    return "\n".join(lines) + "\n"


def markdown(rows: Sequence[ChangeRow]) -> str:
    """Sections of list items, as they stand under a version in CHANGELOG.md; "" for no change."""
    parts = []
    for section, members in _sections(rows):
        items = [f"- {_escaped(row.message)}{_operations(row)}" for row in members]
        parts.append("\n".join([f"**{section}**", "", *dict.fromkeys(items)]))
    return "\n\n".join(parts) + "\n" if parts else ""


def upgrading(rows: Sequence[UpgradeRow]) -> str:
    """A list item a break, the worst first as given; "" for none."""
    items = dict.fromkeys(_upgrade(row) for row in rows)
    return "\n".join(items) + "\n" if items else ""


def _upgrade(row: UpgradeRow) -> str:
    shown = ", ".join(f"`{one}`" for one in row.operations[:_SHOWN])
    where = f"{shown}{_more(row.operations)}: " if shown else ""
    return f"- {where}{_escaped(row.message)}." + (f"\n  {row.task}" if row.task else "")


def _sections(rows: Sequence[ChangeRow]) -> Iterator[tuple[str, list[ChangeRow]]]:
    for section in SECTIONS:
        members = [row for row in rows if row.section == section]
        if members:
            yield section, members


def _operations(row: ChangeRow) -> str:
    if not row.operations:
        return ""
    side = f"{row.side} of " if row.side else ""
    return f" ({side}{', '.join(row.operations[:_SHOWN])}{_more(row.operations)})"


def _more(operations: tuple[str, ...]) -> str:
    return f", and {len(operations) - _SHOWN} more" if len(operations) > _SHOWN else ""


def _count(rows: Sequence[ChangeRow]) -> str:
    return f"{len(rows)} change{'s' * (len(rows) != 1)}"


def _escaped(message: str) -> str:
    """A sentence that Markdown shows as it is."""
    for character in "\\`*_{}[]<>#|":
        message = message.replace(character, f"\\{character}")
    return message
