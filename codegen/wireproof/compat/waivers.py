"""Waivers: breaks that a team accepts, each with a reason and an end.

A waiver file is a list:

    - rule: operation-removed
      at: DELETE /v1/legacy/*            # operations or component pointers; * and ? are wild
      fingerprints: ["5c1f0a52d2a0b6c3"] # of the findings, as `wireproof breaking` prints them
      reason: nobody called it for a year
      expires: 2027-01-31

A fingerprint is made of what changed and how, not of any wording: a waiver covers the change that
was looked at, and no later one at the same place. A waiver that has expired, or that no finding
needs, is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from wireproof.compat.finding import Finding
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.source.node import Json, Node

_REQUIRED = ("rule", "at", "fingerprints", "reason", "expires")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted break; `at` is matched against operations and the finding's pointer."""

    rule: str
    at: str
    fingerprints: frozenset[str]
    reason: str
    expires: date
    origin: Node = field(compare=False, repr=False)

    def covers(self, finding: Finding) -> bool:
        """Whether this is the finding that was looked at."""
        return finding.fingerprint in self.fingerprints and self.concerns(finding)

    def concerns(self, finding: Finding) -> bool:
        """Whether it is a finding of the same rule at the same place."""
        if finding.rule != self.rule:
            return False
        places = (*finding.operations, f"#{finding.subject}")
        return any(fnmatchcase(place, self.at) for place in places)


def read_waivers(root: Node, rules: Iterable[str]) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        UsageError: with a diagnostic for every entry that is not a waiver.
    """
    if root.value is None:
        return ()
    if not isinstance(root.value, list):
        raise UsageError(_wrong(root, "waivers are a list", "write `- rule: ...`"))
    known = frozenset(rules)
    flaws: list[Diagnostic] = []
    found: list[Waiver] = []
    for node in root.elements():
        wrong = list(_flaws(node, known))
        flaws += wrong
        if not wrong:
            found.append(_waiver(node))
    if flaws:
        raise UsageError(*flaws)
    return tuple(found)


def waive(
    findings: Sequence[Finding], waivers: Sequence[Waiver], today: date
) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """The findings, those waived lowered to information; and what is wrong with the waivers."""
    used: set[int] = set()
    judged = []
    for finding in findings:
        waived = finding
        for number, waiver in enumerate(waivers):
            if finding.severity > Severity.INFO and waiver.covers(finding):
                used.add(number)
                if waiver.expires >= today:
                    reason = f"waived until {waiver.expires}: {waiver.reason}"
                    waived = replace(finding, severity=Severity.INFO, reason=reason, waived=True)
        judged.append(waived)
    return tuple(judged), tuple(_complaints(waivers, used, today, findings))


def _complaints(
    waivers: Sequence[Waiver], used: set[int], today: date, findings: Sequence[Finding]
) -> Iterator[Diagnostic]:
    for number, waiver in enumerate(waivers):
        if waiver.expires < today:
            yield Diagnostic(
                "waiver-expired",
                Severity.ERROR,
                f"the waiver of {waiver.rule} at {waiver.at!r} expired on {waiver.expires}",
                waiver.origin.span,
                waiver.origin.pointer,
                "undo the change, or argue for a new date",
            )
        elif number not in used:
            yield Diagnostic(
                "waiver-unused",
                Severity.ERROR,
                f"no finding needs the waiver of {waiver.rule} at {waiver.at!r}",
                waiver.origin.span,
                waiver.origin.pointer,
                _correction(waiver, findings),
            )


def _correction(waiver: Waiver, findings: Sequence[Finding]) -> str:
    """What to do about a waiver that no finding needs: the change may be another one by now."""
    near = [one for one in findings if one.severity > Severity.INFO and waiver.concerns(one)]
    if not near:
        return "remove it, or correct rule, at and fingerprints"
    prints = ", ".join(dict.fromkeys(one.fingerprint for one in near))
    return f"the change there is another one now: look at it, then write {prints}"


def _flaws(node: Node, rules: frozenset[str]) -> Iterator[Diagnostic]:
    value = node.value
    if not isinstance(value, dict):
        yield _wrong(node, "a waiver is a mapping", f"with the keys {', '.join(_REQUIRED)}")
        return
    for key in _REQUIRED:
        if not value.get(key):
            yield _wrong(node, f"a waiver needs `{key}`", f"the keys are {', '.join(_REQUIRED)}")
    for key, child in node.items():
        if key not in _REQUIRED:
            yield _wrong(child, f"{key} is no key of a waiver", f"known: {', '.join(_REQUIRED)}")
    for key in ("rule", "at", "reason"):
        if value.get(key) and not isinstance(value[key], str):
            yield _wrong(node.get(key) or node, f"`{key}` must be a text", "")
    if isinstance(value.get("rule"), str) and value["rule"] not in rules:
        yield _wrong(
            node.get("rule") or node, f"there is no rule {value['rule']!r}", "see `wireproof rules`"
        )
    prints = value.get("fingerprints")
    if prints and not (isinstance(prints, list) and all(isinstance(p, str) for p in prints)):
        yield _wrong(
            node.get("fingerprints") or node, "`fingerprints` must be a list of texts", "quote them"
        )
    if value.get("expires") and _day(value["expires"]) is None:
        yield _wrong(node.get("expires") or node, "`expires` is no date", "write it as 2027-01-31")


def _waiver(node: Node) -> Waiver:
    value = node.value
    day = _day(value["expires"])
    assert day is not None  # noqa: S101 - flaws were looked for before
    return Waiver(
        value["rule"], value["at"], frozenset(value["fingerprints"]), value["reason"], day, node
    )


def _day(written: Json) -> date | None:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None


def _wrong(node: Node, message: str, hint: str) -> Diagnostic:
    return Diagnostic("waivers", Severity.ERROR, message, node.span, node.pointer, hint)
