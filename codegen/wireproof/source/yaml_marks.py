"""Where the entries of YAML's containers stand.

Nearly every entry of a contract stands whole on its line. Of such a one the reader keeps where
it begins and nothing else; the rest is told by reading that line again, when somebody asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wireproof.source.yaml_scalars import PLAIN

BLANKS = r"(?:[ \t]*+(?:#[^\n]*+)?\n)*+"
LINE_END = r"[ \t]*+(?:(?<=[ \t])#[^\n]*+)?\n" + BLANKS + "( *)"
_SIMPLE = rf"({PLAIN}|'[^'\n]*+'(?!')|\"[^\"\\\n]*+\")"

ENTRY = re.compile(rf"{_SIMPLE}[ ]*:(?:[ ]+{_SIMPLE})?{LINE_END}")
ITEM = re.compile(rf"-[ ]+{_SIMPLE}{LINE_END}")

Mark = tuple[int, int, int, int]
"""Offsets of one entry: key start, key end, value start, value end."""

Marks = dict[int, dict[str | int, Mark | int]]
"""By `id` of a container, by key or index: the mark of an entry, or the start of its only line."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A key that stands twice in one mapping: offsets of the key's text, both times."""

    key: str
    first: tuple[int, int]
    second: tuple[int, int]


def whole(s: str, step: str | int, mark: Mark | int) -> Mark:
    """All offsets of the entry under a key or an index; `s` is the file's text."""
    if isinstance(mark, tuple):
        return mark
    match = (ITEM if isinstance(step, int) else ENTRY).match(s, mark)
    assert match is not None  # noqa: S101 - the reader kept this offset because it matched
    if isinstance(step, int):
        return match.span(1) * 2
    start, end = match.span(2)
    return mark, mark + len(match[1].rstrip(" \t")), start, end
