"""What was never promised, or whose time is over, may break: such findings are information."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from wireproof.compat.finding import Finding, Verdict
from wireproof.compat.schemas.lifecycle import parsed
from wireproof.diagnostics import Severity
from wireproof.source.document import Document
from wireproof.source.node import Node

_LEVELS = ("x-stability", "x-stability-level")
_OWN = frozenset({"schema-stability-changed", "stability-lowered", "stability-unknown"})
_EXPERIMENTAL = frozenset({"experimental", "alpha", "draft"})


def excused(finding: Finding, today: date) -> Finding:
    """The finding, lowered where it stands in something experimental or past its sunset date."""
    if finding.verdict is Verdict.COMPATIBLE or finding.rule in _OWN:
        return finding
    place = finding.base_spot or finding.base
    if any(_experimental(node) for node in _around(place)):
        reason = "it was experimental: nothing was promised"
    elif finding.rule == "property-removed" and (day := _sunset(place)) and day <= today:
        reason = f"its sunset date {day} has passed"
    else:
        return finding
    return replace(finding, reason=reason).lowered(Severity.INFO)


def _around(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent


def _experimental(node: Node) -> bool:
    value = node.value
    return isinstance(value, dict) and any(
        isinstance(value.get(key), str) and value[key] in _EXPERIMENTAL for key in _LEVELS
    )


def _sunset(node: Node | None) -> date | None:
    """The date that a deprecated schema states, beside a reference or behind it."""
    if node is None or not isinstance(node.document, Document):
        return None
    for stated in (node, node.document.resolve(node)):
        if stated is not None and isinstance(stated.value, dict) and stated.value.get("deprecated"):
            return parsed(stated.value.get("x-sunset"))
    return None
