"""Where single entries stand in JSON that has an entry a line.

Such a text is what orjson writes for its data, two blanks a level; most contracts that programs
write are. What an entry's line begins with is known from the data, and to search for that takes a
fraction of the time that reading all before it does (`json_places`, for every other text).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from wireproof.diagnostics import Span
from wireproof.source.node import Json
from wireproof.source.text import Text
from wireproof.source.yaml_marks import Mark

_LEVEL = "  "


class JsonLines:
    """Places in the text that orjson writes, indented, for some data."""

    def __init__(self, text: Text, data: Json) -> None:
        self._text = text
        self._data = data
        self._whole: Mark = (0, 0, 0, len(text.value.rstrip()))
        self._marks: dict[int, dict[Any, Mark]] = {}

    def span(self, path: Sequence[str | int], *, key: bool) -> Span:
        """The place of a value, or of the key that names it.

        A path that leads nowhere gives the place of the deepest part that exists.
        """
        value, mark = self._data, self._whole
        for depth, step in enumerate(path, 1):
            inner = self._entries(value, mark, "\n" + _LEVEL * depth).get(step)
            if inner is None:
                key = False
                break
            mark, value = inner, value[step]
        if mark is self._whole:
            return self._text.span(0, 0)
        return self._text.span(*(mark[:2] if key else mark[2:]))

    def _entries(self, value: Json, mark: Mark, line: str) -> dict[Any, Mark]:
        """The entries of the value at a mark, whose lines begin so; none where it is a scalar."""
        known = self._marks.get(id(value))
        if known is not None:
            return known
        if isinstance(value, dict):
            known = self._members(value, mark, line)
        elif isinstance(value, list):
            known = self._elements(value, mark, line)
        else:
            return {}
        self._marks[id(value)] = known
        return known

    def _members(self, value: dict[str, Json], mark: Mark, line: str) -> dict[Any, Mark]:
        """Of a mapping; a member ends before the comma and the line of the next one."""
        s = self._text.value
        marks: dict[Any, Mark] = {}
        end = mark[3] - len(line) + len(_LEVEL) - 1  # before the last line, which is the bracket
        for name in reversed(value):
            key = orjson.dumps(name).decode("latin-1")
            start = s.rindex(f"{line}{key}:", mark[2], end) + len(line)
            marks[name] = (start, start + len(key), start + len(key) + 2, end)
            end = start - len(line) - 1
        return marks

    def _elements(self, value: list[Json], mark: Mark, line: str) -> dict[Any, Mark]:
        """Of a list."""
        marks: dict[Any, Mark] = {}
        end = mark[2]
        for index, element in enumerate(value):
            start = end + 1 + len(line)  # behind the bracket or the comma
            end = self._end(element, start, line)
            marks[index] = (start, end, start, end)
        return marks

    def _end(self, value: Json, start: int, line: str) -> int:
        """Where an element ends that begins on such a line."""
        s = self._text.value
        if value and isinstance(value, dict | list):
            bracket = "}" if isinstance(value, dict) else "]"
            return s.index(f"{line}{bracket}", start) + len(line) + 1
        end = s.index("\n", start)
        return end - (s[end - 1] == ",")
