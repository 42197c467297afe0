"""From a path to a place in the text, worked out when somebody asks for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from wireproof.diagnostics import Span
from wireproof.source.json_text import Scan
from wireproof.source.node import Json
from wireproof.source.text import Text
from wireproof.source.yaml_block import read_yaml
from wireproof.source.yaml_reader import Mark, Marks, Repeat


class Positions:
    """Where every entry of a file stands: one recording pass, then look-ups."""

    def __init__(self, text: Text, *, is_json: bool) -> None:
        self._text = text
        self._root: Json
        self._marks: Marks
        self.repeats: Sequence[Repeat]
        if is_json:
            scan = Scan(text)
            self._root, self._marks, self.repeats = scan.run(), scan.marks, scan.repeats
        else:
            self._root, reader = read_yaml(text, record=True)
            self._marks, self.repeats = reader.marks or {}, reader.repeats

    def span(self, path: Sequence[str | int], *, key: bool) -> Span:
        """The place of a value, or of the key that names it.

        A path that leads nowhere gives the place of the deepest part that exists.
        """
        value, mark = self._root, None
        for step in path:
            found = self._marks.get(id(value), {}).get(step)
            if found is None:
                break
            mark, value = found, value[step]
        else:
            return self._place(mark, key=key)
        return self._place(mark, key=False)

    def _place(self, mark: Mark | None, *, key: bool) -> Span:
        if mark is None:
            start = len(self._text.value) - len(self._text.value.lstrip())
            return self._text.span(start, start)
        return self._text.span(*(mark[:2] if key else mark[2:]))
