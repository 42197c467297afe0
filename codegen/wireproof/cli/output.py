"""What commands print: data to stdout, everything about the work to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from wireproof.diagnostics import Diagnostic, Span, ordered
from wireproof.report.text import Style, plain, render


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to stderr, in their order, coloured only on a terminal."""
    click.echo(render(ordered(diagnostics), style(sys.stderr.isatty())), err=True, nl=False)


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
