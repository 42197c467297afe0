"""Where single entries of a JSON text stand: only what leads to them is looked at.

A container is indexed when somebody asks for one of its entries. Values beside the way are
skipped by the C scanner of the standard library, which is some ten times as fast as noting where
their parts stand (`json_text.Scan`, for those who ask about the whole document). The outermost
containers, which hold nearly all of the text, are indexed together, so that it is scanned once
and not once a level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]  # public C function, not in typeshed
from json.scanner import make_scanner
from typing import cast

from wireproof.diagnostics import Span
from wireproof.source.node import Json
from wireproof.source.text import Text
from wireproof.source.yaml_marks import Mark

_SPACE = re.compile(r"[ \t\n]*")
_KEY = re.compile(r'[ \t\n,]*"')
_COLON = re.compile(r"[ \t\n]*:[ \t\n]*")
_ELEMENT = re.compile(r"[ \t\n,]*+(?=[^\]])")

_OUTER = 3
"""How many levels are indexed together: the document, `paths` and `components`, their members."""

_Skip = Callable[[str, int], tuple[Json, int]]
_Read = Callable[[int, int], tuple[dict[str | int, Mark], int]]


class _Words:
    """What `make_scanner` wants to know: numbers stay words, of whatever size."""

    strict = False
    object_hook = None
    object_pairs_hook = None
    parse_float = str
    parse_int = str
    parse_constant = str
    memo: dict[str, str] = {}  # noqa: RUF012 - the pure Python scanner's; the C scanner has its own


class JsonPlaces:
    """Places in a JSON text that has been read before: it is valid, and not nested too deeply."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._skip = cast("_Skip", make_scanner(_Words))  # type: ignore[arg-type]  # it reads attributes only
        self._marks: dict[int, dict[str | int, Mark]] = {}

    def span(self, path: Sequence[str | int], *, key: bool) -> Span:
        """The place of a value, or of the key that names it.

        A path that leads nowhere gives the place of the deepest part that exists.
        """
        found = _SPACE.match(self._text.value)
        start = found.end() if found else 0
        mark: Mark | None = None
        for step in path:
            inner = self._entries(start if mark is None else mark[2]).get(step)
            if inner is None:
                key = False
                break
            mark = inner
        if mark is None:
            return self._text.span(start, start)
        return self._text.span(*(mark[:2] if key else mark[2:]))

    def _entries(self, start: int) -> dict[str | int, Mark]:
        """The entries of the container at an offset; none where a scalar stands."""
        if start not in self._marks and self._reader(start):
            self._end(start, 1 if self._marks else _OUTER)
        return self._marks.get(start, {})

    def _end(self, start: int, levels: int) -> int:
        """Where the value at an offset ends; with levels, what it holds is indexed so deep."""
        read = self._reader(start) if levels else None
        if read is None:
            return self._skip(self._text.value, start)[1]
        self._marks[start], end = read(start + 1, levels - 1)
        return end

    def _reader(self, start: int) -> _Read | None:
        first = self._text.value[start : start + 1]
        return self._object if first == "{" else self._array if first == "[" else None

    def _object(self, pos: int, levels: int) -> tuple[dict[str | int, Mark], int]:
        s = self._text.value
        marks: dict[str | int, Mark] = {}
        while match := _KEY.match(s, pos):
            key_start = match.end() - 1
            key, key_end = scanstring(s, key_start + 1, False)  # noqa: FBT003 - a C function: positional only
            if not key.isascii():
                key = scanstring(self._text.written(key_start, key_end), 1, False)[0]  # noqa: FBT003 - as above
            colon = _COLON.match(s, key_end)
            start = colon.end() if colon else key_end
            pos = self._end(start, levels)
            marks[key] = (key_start, key_end, start, pos)
        return marks, self._closed(pos)

    def _array(self, pos: int, levels: int) -> tuple[dict[str | int, Mark], int]:
        s = self._text.value
        marks: dict[str | int, Mark] = {}
        while match := _ELEMENT.match(s, pos):
            start = match.end()
            pos = self._end(start, levels)
            marks[len(marks)] = (start, pos, start, pos)
        return marks, self._closed(pos)

    def _closed(self, pos: int) -> int:
        """Behind the bracket that follows the last entry."""
        found = _SPACE.match(self._text.value, pos)
        return (found.end() if found else pos) + 1
