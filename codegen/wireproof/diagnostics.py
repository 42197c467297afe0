"""What Wireproof says about a contract: where, how bad, what, and what to do about it.

Everything that a user can get wrong ends up as a `Diagnostic`. Exceptions carry diagnostics
and exist only to leave a computation that cannot go on::

    WireproofError
    ├── LoadError      the document cannot be read as a contract (exit code 2)
    ├── UsageError     the command or its configuration is wrong (exit code 2)
    └── ContractError  the contract was read, but cannot be used as asked (exit code 1)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a diagnostic is; ordered, so that thresholds compare."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The lower-case word used in every output format."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file. Lines and columns count from 1; columns count characters.

    `end_line`/`end_column` name the first character behind the stretch. A span whose end
    equals its start marks a point.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def point(cls, file: str, line: int = 1, column: int = 1) -> Span:
        """A span that marks one place and covers nothing."""
        return cls(file, line, column, line, column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a diagnostic: the `$ref` on the way, the earlier key."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One statement about one place.

    Attributes:
        rule: Stable kebab-case identifier, e.g. `unresolved-ref`.
        severity: How bad it is.
        message: One sentence that names the thing and what is wrong with it.
        span: Where; None only where no file is involved.
        pointer: RFC 6901 pointer of the node inside its file ("" is the root).
        help: What to do about it, one sentence; "" where there is nothing to add.
        related: Further places, in the order a reader should look at them.
    """

    rule: str
    severity: Severity
    message: str
    span: Span | None = None
    pointer: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        tail = f" ({self.help})" if self.help else ""
        return f"{place}{self.severity.label}: {self.message} [{self.rule}]{tail}"

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Deterministic order: by place, then rule, then text."""
        span = self.span or Span.point("")
        return (span.file, span.line, span.column, self.rule, self.message)


class WireproofError(Exception):
    """Base of everything that Wireproof raises on purpose."""

    exit_code = 2

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class LoadError(WireproofError):
    """The document cannot be read as a contract."""


class UsageError(WireproofError):
    """The command line or the configuration is wrong."""


class ContractError(WireproofError):
    """The contract was read, but cannot be used as asked."""

    exit_code = 1


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics without repeats, in their deterministic order."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key))
