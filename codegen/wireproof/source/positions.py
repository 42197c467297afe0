"""From a path to a place in the text, by the marks that a reader left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wireproof.diagnostics import Span
from wireproof.source.json_text import Scan
from wireproof.source.node import Json
from wireproof.source.text import Text
from wireproof.source.yaml_marks import Mark, Repeat, whole


class Positions:
    """Where every entry of a file stands.

    Attributes:
        repeats: The keys that stand twice in one mapping.
    """

    def __init__(
        self,
        text: Text,
        root: Json,
        marks: Mapping[int, Mapping[str | int, Mark | int]],
        repeats: Sequence[Repeat],
    ) -> None:
        self._text = text
        self._root = root
        self._marks = marks
        self.repeats = repeats

    @classmethod
    def of_json(cls, text: Text) -> Positions:
        """Those of a JSON text, by a pass over the whole of it."""
        scan = Scan(text)
        return cls(text, scan.run(), scan.marks, scan.repeats)

    def span(self, path: Sequence[str | int], *, key: bool) -> Span:
        """The place of a value, or of the key that names it.

        A path that leads nowhere gives the place of the deepest part that exists.
        """
        value: Json = self._root
        mark: Mark | None = None
        for step in path:
            found = self._marks.get(id(value), {}).get(step)
            if found is None:
                break
            mark, value = whole(self._text.value, step, found), value[step]
        else:
            return self._place(mark, key=key)
        return self._place(mark, key=False)

    def _place(self, mark: Mark | None, *, key: bool) -> Span:
        if mark is None:
            start = len(self._text.value) - len(self._text.value.lstrip())
            return self._text.span(start, start)
        return self._text.span(*(mark[:2] if key else mark[2:]))
