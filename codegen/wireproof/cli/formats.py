"""`--format NAME[=FILE]`, repeatable: which reports a command writes, and where to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

from wireproof.cli.output import style
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.report.formats import FORMATS, render
from wireproof.report.listing import Listing


@dataclass(frozen=True, slots=True)
class Output:
    """One report; `path` is None for standard output."""

    name: str
    path: Path | None = None


def parse(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[Output, ...]:
    """Reads `sarif` and `sarif=out.sarif`; the callback of a repeatable option."""
    return tuple(map(_output, values))


def _output(value: str) -> Output:
    name, equals, path = value.partition("=")
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(FORMATS)}"
        raise click.BadParameter(f"there is no format {name!r}; {hint}")
    if equals and not path:
        raise click.BadParameter(f"{name}= names no file")
    return Output(name, Path(path) if path else None)


def write(outputs: tuple[Output, ...], listing: Listing) -> None:
    """Write a listing in every format asked for; text on standard output without any.

    Raises:
        UsageError: two reports go to standard output, or a file cannot be written.
    """
    publish(
        outputs or (Output("text"),),
        lambda name, terminal: render(name, listing, style(terminal)),
    )


def publish(outputs: tuple[Output, ...], make: Callable[[str, bool], str]) -> None:
    """Write what `make(format, is a terminal)` returns to where each output goes.

    Raises:
        UsageError: two reports go to standard output, or a file cannot be written.
    """
    to_terminal = [output.name for output in outputs if output.path is None]
    if len(to_terminal) > 1:
        raise _wrong(
            f"{' and '.join(to_terminal)} both go to standard output",
            "give all but one a file: --format NAME=FILE",
        )
    for output in outputs:
        text = make(output.name, output.path is None and sys.stdout.isatty())
        # Half a surrogate pair, which JSON texts may hold, is no character of any file.
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
        if output.path is None:
            click.echo(text, nl=False)
            continue
        try:
            output.path.parent.mkdir(parents=True, exist_ok=True)
            output.path.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise _wrong(
                f"{output.path} cannot be written: {error.strerror}",
                "check the path and its permissions",
            ) from None


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(Diagnostic("output", Severity.ERROR, message, help=hint))
