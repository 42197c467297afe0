"""What every report prints: diagnostics with fingerprints, and the pages of their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wireproof.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """A diagnostic and what keeps it the same while lines move."""

    diagnostic: Diagnostic
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rule as reports describe it: one sentence, the whole text, the level it has by itself."""

    headline: str
    text: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a report is made of.

    Attributes:
        entries: In the order in which they are printed.
        pages: Rule id -> its page; diagnostics may have ids without one.
        version: Of Wireproof.
        name: The command that found them.
    """

    entries: tuple[Entry, ...]
    pages: Mapping[str, Page] = field(default_factory=dict)
    version: str = ""
    name: str = "lint"

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Without their fingerprints."""
        return (entry.diagnostic for entry in self.entries)

    def count(self, severity: Severity) -> int:
        """How many entries have a severity."""
        return sum(one.severity is severity for one in self.diagnostics())
