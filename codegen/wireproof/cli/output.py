"""What commands print: data to stdout, everything about the work to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from wireproof.diagnostics import Diagnostic, Severity, Span, ordered
from wireproof.report.text import Style, plain, render


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to stderr, in their order, coloured only on a terminal."""
    click.echo(render(ordered(diagnostics), style(sys.stderr.isatty())), err=True, nl=False)


def unusable(error: OSError) -> None:
    """Say which file it was that the system would not let us use, and why.

    Raises:
        OSError: the error itself, where it names no file and so is no user's to mend.
    """
    if error.filename is None or error.strerror is None:
        raise error
    message = f"{os.fsdecode(error.filename)} cannot be used: {error.strerror}"
    hint = "check the path, its permissions, and the space that is left"
    report([Diagnostic("output", Severity.ERROR, message, help=hint)])


def once(*layers: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics of several layers: what an earlier one said of a place, later ones do not."""
    found: list[Diagnostic] = []
    said: set[tuple[str, Span | None]] = set()
    for layer in layers:
        fresh = [one for one in layer if (one.rule, one.span) not in said]
        found += fresh
        said.update((one.rule, one.span) for one in fresh)
    return ordered(found)


def style(terminal: bool) -> Style:  # noqa: FBT001 - one flag, one meaning
    """Colours for a terminal; none elsewhere or where NO_COLOR is set (no-color.org)."""
    if not terminal or os.environ.get("NO_COLOR"):
        return plain

    def coloured(text: str, colour: str) -> str:
        if colour == "bold":
            return click.style(text, bold=True)
        return click.style(text, fg=colour)

    return coloured
