"""A place that a document can be read from, and what is said where it cannot be.

Relative references are resolved against a place, so a document that was read at a git revision
finds its neighbours at that revision.
"""

from __future__ import annotations

from typing import Protocol

from wireproof.diagnostics import Diagnostic, LoadError, Severity, Span


class Location(Protocol):
    """A place that a document can be read from."""

    @property
    def name(self) -> str:
        """As shown to users."""

    @property
    def key(self) -> str:
        """The same for two spellings of one place."""

    @property
    def stem(self) -> str:
        """The file's name without its ending."""

    def read(self) -> bytes:
        """The bytes.

        Raises:
            LoadError: They cannot be had; says why.
        """

    def join(self, reference: str) -> Location:
        """The place that a relative reference (percent-encoded, no fragment) names."""


def unreadable(name: str, message: str, hint: str) -> LoadError:
    """Why the bytes of a place cannot be had, and what to do about it."""
    return LoadError(Diagnostic("unreadable", Severity.ERROR, message, Span.point(name), help=hint))
