"""What reports of the gate say of a finding beside its message: the witness, and what to do."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from wireproof.diagnostics import Severity
from wireproof.report.findings import FindingRow, GateReport, WitnessRow

_LONGEST = 320
"""Characters of a value that are shown; JSON has all of them."""
_RUN = re.compile(r"(.)\1{63,}")
"""One character many times over: what is made to be too long."""
_ANSWER = re.compile(r"response (\S+) body\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """A witness in words: who takes `value`, and who refuses it with which `error`."""

    accepted: str
    value: str
    rejected: str
    error: str


def said(row: FindingRow, report: GateReport) -> Said | None:
    """The witness: a whole message where that is short and shows this break, else the part."""
    if row.witness is None:
        return None
    names = {"base": report.base, "head": report.head}
    response = row.direction == "response"
    witness, whole = row.witness, row.whole
    value = shown(witness.value)
    what = _article(witness.part)
    if whole is not None and _shows(whole, witness):
        witness = whole
        what = "an answer" if response else "a request"
        value = _message(whole)
    verb = "allows" if response else "accepts"
    return Said(
        f"{what} that {names[witness.accepted_by]} {verb}",
        value,
        f"and {names[witness.rejected_by]} rejects",
        _cut(witness.error),
    )


def sentence(row: FindingRow, report: GateReport) -> str:
    """The finding in one paragraph, for reports that have no room for a frame."""
    parts = [row.message]
    words = said(row, report)
    if words is not None:
        who = words.accepted[:1].upper() + words.accepted[1:]
        parts.append(f"{who}: {words.value}; {words.rejected} it: {words.error}")
    if row.reason:
        parts.append(row.reason)
    return ". ".join(parts)


def advice(row: FindingRow) -> str:
    """What to do about a break; "" for anything else, and for what is accepted already."""
    if row.verdict != "breaking" or row.severity is Severity.INFO:
        return ""
    return (
        f"undo it, release a major version, or `wireproof waive {row.fingerprint}`; "
        f"`wireproof explain {row.rule}`"
    )


def shown(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """A value as JSON, its middle left out where it is very long."""
    return _cut(json.dumps(value, ensure_ascii=False, default=str))


def _cut(text: str) -> str:
    text = _RUN.sub(lambda run: f"{run[1] * 8}...{run[1] * 8} ({len(run[0]):,} in a row)", text)
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]} ... {text[-half:]} ({len(text):,} characters)"


def _shows(whole: WitnessRow, part: WitnessRow) -> bool:
    """Whether a message is refused for the same reason as its part, and can be read."""
    return (
        bool(whole.operation)
        and whole.error == part.error
        and len(_cut(whole.error)) < _LONGEST
        and len(shown(whole.value)) < _LONGEST
    )


def _message(whole: WitnessRow) -> str:
    value = shown(whole.value)
    answer = _ANSWER.match(whole.part)
    if answer:
        return f"{answer[1]} of {whole.operation}  {value}"
    if whole.part == "body":
        return f"{whole.operation}  {value}"
    return f"{whole.operation}  {whole.part}: {value}"


def _article(part: str) -> str:
    """`a body`; what has a name or a path of its own goes without."""
    if not part[:1].islower() or "." in part or "[" in part:
        return part
    return f"{'an' if part[0] in 'aeiou' else 'a'} {part}"
