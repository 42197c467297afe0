"""Lines of YAML's block style: where they end, the scalars on them, what may be wrong with them."""

from __future__ import annotations

import re

from wireproof.diagnostics import LoadError
from wireproof.source.text import Text
from wireproof.source.yaml_flow import FlowReader
from wireproof.source.yaml_marks import BLANKS, LINE_END
from wireproof.source.yaml_scalars import PLAIN, PLAIN_REST, block_scalar

START = re.compile(BLANKS + "( *)")
SPACES = re.compile(r"[ \t]*")
PLAIN_LINE = re.compile(PLAIN)
_END_OF_LINE = re.compile(LINE_END)
_CONTINUATION = re.compile(rf"[ \t]*((?:\n[ \t]*)+)((?![# \t\n]){PLAIN_REST})")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t\n])")


class LineReader(FlowReader):
    """Adds lines: `pos` is the first character of one that says something, `indent` its column."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.indent = 0

    def _advance(self, match: re.Match[str] | None) -> None:
        """Go to the next line that says something; `match` ends with its indentation."""
        assert match is not None  # noqa: S101 - callers check, or the pattern matches emptiness
        self.pos = match.end()
        self.indent = len(match[match.lastindex or 1])
        if not self.indent and self._document_ends(self.pos):
            self.indent = -1

    def _document_ends(self, pos: int) -> bool:
        return pos >= self.limit or (self.s[pos] in "-." and _MARKER.match(self.s, pos) is not None)

    def _finish_line(self, pos: int) -> None:
        """Behind a value only a comment may follow."""
        match = _END_OF_LINE.match(self.s, pos)
        if match is None:
            raise self._unexpected(pos)
        self._advance(match)

    # Scalars

    def _block_scalar(self, header: re.Match[str], column: int) -> str:
        line = _END_OF_LINE.match(self.s, header.end())
        if line is None:
            raise self._unexpected(header.end())
        first = self.s.index("\n", header.end()) + 1
        text, behind = block_scalar(self.s, first, column, header)
        if behind == self.limit and not self.text.ended and text.endswith("\n"):
            text = text[:-1]  # the break that the file does not have
        self._advance(START.match(self.s, behind))
        self.start, self.end = header.start(), header.end()
        return text

    def _plain(self, pos: int, column: int) -> str:
        """A plain scalar, which may go on over lines that are indented deeper than `column`."""
        s = self.s
        match = PLAIN_LINE.match(s, pos)
        if match is None:
            raise self._unreadable_value(pos)
        text = match[0].rstrip(" \t")
        end = pos + len(text)
        while more := _CONTINUATION.match(s, end):
            line = more.start(2)
            if line - s.rfind("\n", 0, line) - 1 <= column or (
                column < 0 and self._document_ends(line)
            ):
                break
            part = more[2].rstrip(" \t")
            text += ("\n" * (more[1].count("\n") - 1) or " ") + part
            end = line + len(part)
        self._finish_line(end)
        self.start, self.end = pos, end
        return text

    # Errors

    def _misplaced(self, column: int) -> LoadError:
        if self.s[self.pos] == "\t":
            return self._tab(self.pos)
        return self.fail(
            self.pos,
            "this line's indentation fits no line above",
            f"indent it by {max(column, 0)} spaces to continue what began there",
        )

    def _tab(self, pos: int) -> LoadError:
        return self.fail(pos, "a tab is used for indentation", "indent with spaces", end=pos + 1)

    def _no_colon(self, pos: int, colon: int) -> LoadError:
        if self.s[colon] == ":":
            return self.fail(
                colon, "a space is missing behind this colon", "write key: value", end=colon + 1
            )
        return self.fail(
            pos, "expected key: value", "add the colon, or check the indentation", end=colon
        )

    def _unreadable_key(self, pos: int) -> LoadError:
        if self.s[pos] in "[{":
            return self._complex_key(pos)
        if self.s[pos] == ":":
            return self.no_key(pos)
        return self.fail(
            pos,
            f"{self.s[pos]!r} cannot begin a key",
            "put quotes around the key",
            end=pos + 1,
        )

    def _unreadable_value(self, pos: int) -> LoadError:
        if self.s[pos] == "\t":
            return self._tab(pos)
        return self.fail(
            pos,
            f"{self.s[pos]!r} cannot begin a value",
            "put quotes around the text",
            end=pos + 1,
        )

    def _unexpected(self, pos: int) -> LoadError:
        space = SPACES.match(self.s, pos)
        pos = space.end() if space else pos
        if self.s[pos] == ":" and self.s[pos - 1] in "]}":
            return self._complex_key(pos)
        if self.s[pos] == ":":
            return self.fail(
                pos,
                "a second key: value begins on this line",
                "put quotes around text that holds a colon and a space, or check the indentation",
                end=pos + 1,
            )
        return self.fail(pos, "nothing may follow the value on this line", "quote the whole value")
