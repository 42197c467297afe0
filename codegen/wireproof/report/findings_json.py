"""The gate's answer as one JSON object; its fields are a promise to machines."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from wireproof.diagnostics import Span
from wireproof.report.findings import FindingRow, GateReport


def render(report: GateReport) -> str:
    """The object, indented, keys in a fixed order, with a final newline."""
    document = {
        "verdict": report.verdict,
        "semver": report.semver,
        "summary": report.summary | _gating(report),
        "findings": [_finding(row) for row in report.findings],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, default=_number) + "\n"


def _gating(report: GateReport) -> dict[str, int]:
    """How many findings block and are waived, and how many are of tiers that do not gate."""
    gating = report.gating
    if gating is None:
        return {}
    hidden = sum(gating.hidden.values())
    return {"blocking": gating.blocking, "waived": gating.waived, "hidden": hidden}


def _finding(row: FindingRow) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "severity": row.severity.label,
        "tier": row.tier,
        "verdict": row.verdict,
        "direction": row.direction,
        "operations": list(row.operations),
        "pointer": row.pointer,
        "base": _place(row.base),
        "head": _place(row.head),
        "message": _message(row),
        "fingerprint": row.fingerprint,
        "witness": None
        if row.witness is None
        else {
            "part": row.witness.part,
            "value": row.witness.value,
            "accepted_by": row.witness.accepted_by,
            "rejected_by": row.witness.rejected_by,
            "error": row.witness.error,
        },
    }


def _message(row: FindingRow) -> str:
    """With the reason, where the verdict needs one."""
    return f"{row.message} ({row.reason})" if row.reason else row.message


def _place(span: Span | None) -> dict[str, Any] | None:
    return {"file": span.file, "line": span.line, "column": span.column} if span else None


def _number(value: object) -> float | int:
    """A Decimal as the shortest JSON number that is close; JSON has no other numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"not a JSON value: {value!r}")
