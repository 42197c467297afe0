"""Diagnostics for people: place, message, a code frame with a caret, what to do."""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span

Style = Callable[[str, str], str]
"""Colours a text: (text, colour name) -> text. The identity where nothing is coloured."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_WIDEST_LINE = 160
_BLOCK = 1 << 11
"""Bytes whose line breaks are counted at once."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str, _colour: str) -> str:
    """The style that leaves text as it is."""
    return text


def render(diagnostics: Iterable[Diagnostic], style: Style = plain) -> str:
    """All diagnostics with their frames, and a line that counts them; "" for none."""
    listed = list(diagnostics)
    if not listed:
        return ""
    blocks = ["\n".join(_block(diagnostic, style)) for diagnostic in listed]
    return "\n\n".join([*blocks, summary(listed)]) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    listed = list(diagnostics)
    counts = [
        (sum(d.severity is severity for d in listed), severity.label)
        for severity in sorted(Severity, reverse=True)
    ]
    return ", ".join(f"{n} {label}{'s' * (n != 1)}" for n, label in counts if n) or "no findings"


def _block(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    label = style(diagnostic.severity.label, _COLOURS[diagnostic.severity])
    head = f"{label}: {safe(diagnostic.message)} [{diagnostic.rule}]"
    if diagnostic.span is None:
        yield head
    else:
        yield f"{style(str(diagnostic.span), 'bold')} {head}"
        yield from frame(diagnostic.span, style)
    for related in diagnostic.related:
        yield f"  {safe(related.message)}: {related.span}"
    if diagnostic.help:
        yield f"  help: {safe(diagnostic.help)}"


def safe(text: str) -> str:
    """Text of a contract, which must not move the cursor or colour the terminal."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def frame(span: Span, style: Style = plain, note: str = "") -> Iterator[str]:
    """The source line under a gutter, and carets under the span; nothing if it can't be read."""
    line = _line(span)
    if line is None:
        return
    text = _decoded(line)
    start = min(span.column, len(text) + 1)
    end = span.end_column if span.end_line == span.line else len(text) + 1
    length = max(1, min(end, len(text) + 1) - start)
    if len(text) > _WIDEST_LINE:  # minified JSON: show the surroundings only
        cut = max(0, start - 1 - _WIDEST_LINE // 4)
        text, start = text[cut : cut + _WIDEST_LINE], start - cut
        length = min(length, len(text) - start + 1)
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))
    gutter = f"{span.line:>5} | "
    yield style(gutter, "blue") + text
    marks = "^" * max(1, length) + (f" {note}" if note else "")
    yield " " * (len(gutter) - 2) + style("| ", "blue") + " " * (start - 1) + style(marks, "red")


@lru_cache(maxsize=4)
def _decoded(line: bytes) -> str:
    """Remembered, because all findings of a minified contract are in one line of megabytes."""
    return line.decode("utf-8", "replace")


class _Lines:
    """The lines of a file, of which few are looked at: the rest is counted and not cut up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[int, bytes] = {}
        counts = (data.count(b"\n", at, at + _BLOCK) for at in range(0, len(data), _BLOCK))
        self._before = list(accumulate(counts, initial=0))

    def get(self, number: int) -> bytes | None:
        """A line, from 1, without its break; None where the file has none of this number."""
        if not 1 <= number <= self._before[-1] + 1:
            return None
        if number not in self._known:
            block = max(0, bisect_left(self._before, number - 1) - 1)
            start = block * _BLOCK
            for _ in range(number - 1 - self._before[block]):
                start = self._data.index(b"\n", start) + 1
            end = self._data.find(b"\n", start)
            self._known[number] = self._data[start : None if end < 0 else end]
        return self._known[number]


def _line(span: Span) -> bytes | None:
    path = Path(span.file).absolute()
    try:
        return _read(path, path.stat().st_mtime_ns).get(span.line)
    except OSError:  # standard input, or a file of another revision: the place alone must do
        return None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> _Lines:
    """The lines of a file as they were when it was changed last."""
    data = path.read_bytes().removeprefix(BOM_UTF8)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _Lines(data.removesuffix(b"\n"))
