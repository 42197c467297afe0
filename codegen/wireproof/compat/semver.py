"""Semantic versions: the smallest step that a set of findings allows (semver.org 2.0.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from wireproof.compat.finding import Finding, Verdict
from wireproof.diagnostics import Severity

_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?\Z")
_WORDS = frozenset({"description-changed", "documentation-changed"})


class Bump(IntEnum):
    """Size of a step; ordered."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        """The lower-case word used in every output format."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """MAJOR.MINOR.PATCH; what follows a dash or a plus is not kept."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """The version that a text states, None where it is none."""
        found = _VERSION.match(text.strip())
        return cls(*map(int, found.groups())) if found else None

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, bump: Bump) -> Version:
        """The next version by a step. Before 1.0.0 a break is a minor step."""
        if bump is Bump.NONE:
            return self
        if bump is Bump.MAJOR and self.major:
            return Version(self.major + 1, 0, 0)
        if bump is Bump.MAJOR or (bump is Bump.MINOR and self.major):
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def smallest(findings: Iterable[Finding]) -> Bump:
    """The smallest step that is honest about these findings.

    A break that gates is major. What adds to the contract is minor; words alone are a patch.
    """
    step = Bump.NONE
    for finding in findings:
        if finding.verdict is Verdict.BREAKING and finding.severity is Severity.ERROR:
            return Bump.MAJOR
        step = max(step, Bump.PATCH if finding.rule in _WORDS else Bump.MINOR)
    return step
