"""What a report of the gate shows, already reduced to plain data.

The gate's own types stay with the gate; whoever prints needs places, words and values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wireproof.diagnostics import Related, Severity, Span


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A value, who takes it, who refuses it ("base" or "head"), and in which words.

    `operation` is set where the value is a whole body or parameter of that operation.
    """

    part: str
    value: Any
    accepted_by: str
    rejected_by: str
    error: str
    operation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding. `direction` is "request", "response" or None.

    `whole` is a message that contains the witness, `trail` the `$ref`s from the first operation
    to the place.
    """

    rule: str
    severity: Severity
    tier: str
    verdict: str
    direction: str | None
    operations: tuple[str, ...]
    pointer: str
    base: Span | None
    head: Span | None
    message: str
    fingerprint: str
    witness: WitnessRow | None = None
    reason: str = ""
    whole: WitnessRow | None = None
    trail: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gating:
    """What stands between the findings and exit status 0.

    Attributes:
        blocking: How many findings fail the gate.
        waived: How many would, and are accepted for now.
        tiers: What gates.
        hidden: Findings of other tiers, which are not in the report: tier -> how many.
    """

    blocking: int
    waived: int
    tiers: tuple[str, ...]
    hidden: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """The whole answer of the gate.

    Attributes:
        verdict: The worst of the findings: compatible, unproven, breaking.
        semver: The smallest step that the findings allow: none, patch, minor, major.
        base: How the base contract is called: its version.
        head: The head's.
        findings: In their order.
        summary: Findings by verdict.
        gating: What blocks; None where nothing is to be stopped.
    """

    verdict: str
    semver: str
    base: str
    head: str
    findings: tuple[FindingRow, ...]
    summary: dict[str, int] = field(default_factory=dict)
    gating: Gating | None = None

    @property
    def loud(self) -> tuple[FindingRow, ...]:
        """The findings that are more than information."""
        return tuple(row for row in self.findings if row.severity > Severity.INFO)
