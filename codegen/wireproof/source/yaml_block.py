"""Block style of YAML 1.2 (chapter 8), and a whole document.

The reader is built for contracts: nearly every line is `key:`, `key: text` or `- text`, and one
regular expression takes such a line, the comments behind it and the next line's indentation in
one step. Whatever it does not take goes the general way. Both ways end at the same state: `pos`
is the first character of the next line that says something, `indent` its column from 0, or -1
at the document's end.
"""

from __future__ import annotations

import re

from wireproof.source.node import Json
from wireproof.source.scalars import CANDIDATES, resolve
from wireproof.source.text import Text
from wireproof.source.yaml_lines import PLAIN_LINE, SPACES, START, LineReader
from wireproof.source.yaml_marks import BLANKS, ENTRY, ITEM, Mark
from wireproof.source.yaml_reader import Reader, plain
from wireproof.source.yaml_scalars import BLOCK_HEADER, DOUBLE, PLAIN, SINGLE

_PROPERTIES = r"(?:[&!][^ \t\n]*[ \t]+)*"
_KEY = re.compile(
    rf"(?:{_PROPERTIES}(?:{PLAIN}|{SINGLE}|{DOUBLE}|\*[^ \t\n]+)?[ \t]*:|\?)(?=[ \t\n])"
)
_DIRECTIVES = re.compile(rf"(?:{BLANKS}%[^\n]*\n)+{BLANKS}")


class BlockReader(LineReader):
    """Reads a document of block style."""

    def document(self) -> Json:
        """The only document of the file.

        Raises:
            LoadError: The text is not YAML, or holds several documents.
        """
        if directives := _DIRECTIVES.match(self.s):
            self.pos = directives.end()
        self._advance(START.match(self.s, self.pos))
        if self.s.startswith("---", self.pos) and self.indent == -1:
            value = self._value(self.pos + 3, -1, compact=False)
        elif self.indent == -1:
            value = None
        else:
            value = self._fresh(-1)
        if self.indent != -1:
            raise self._misplaced(-1)
        if self.s.startswith("...", self.pos):
            self._advance(START.match(self.s, self.s.index("\n", self.pos) + 1))
        if self.pos < self.limit:
            raise self.text.error(
                self.pos,
                "a second YAML document begins here",
                "keep one document a file",
                rule="multiple-documents",
            )
        return value

    # Collections

    def _mapping(self, column: int) -> dict[str, Json]:  # noqa: PLR0912 - the hot loop: a call a line would double its time
        """The mapping whose first key stands at `pos`, in `column`."""
        out: dict[str, Json] = {}
        marks: dict[str | int, Mark | int] = {}
        self.marks[id(out)] = marks
        merges: list[tuple[Json, int]] = []
        begin = self.pos
        self.enter()
        s, match_entry = self.s, ENTRY.match
        while True:
            pos = self.pos
            match = match_entry(s, pos)
            if match is None:
                self._entry(out, column, merges)
            else:
                key, raw, spaces = match.groups()
                indent, behind, key_end = len(spaces), match.end(), pos + len(key)
                if not indent and self._document_ends(behind):
                    indent = -1
                if key[0] in "\"'":
                    key = key[1:-1]
                elif key[-1] in " \t":
                    key = key.rstrip(" \t")
                    key_end = pos + len(key)
                if key == "<<" or (raw is not None and indent > column):
                    self._entry(out, column, merges)
                else:
                    self.pos, self.indent = behind, indent
                    mark: Mark | int = pos
                    if raw is None:
                        self.start = self.end = s.index(":", match.end(1)) + 1
                        value = self._nested(column)
                        mark = (pos, key_end, self.start, self.end)
                    else:
                        self.start = match.start(2)
                        self.end = self.start + len(raw)
                        value = _simple(raw)
                    if key in out:
                        self.put(out, key, value, (pos, key_end, self.start, self.end))
                    else:
                        out[key] = value
                        marks[key] = mark
            if self.indent != column:
                break
        if self.indent > column:
            raise self._misplaced(column)
        for value, place in merges:
            self.merge(out, value, place)
        self.depth -= 1
        self.start = begin
        return out

    def _nested(self, column: int) -> Json:
        """The value of a key at `column` that ends its line: on the lines below, or null."""
        if self.indent > column:
            return self._fresh(column)
        if self.indent == column and self._at_item():
            return self._sequence(column)
        return None

    def _at_item(self) -> bool:
        return self.s[self.pos] == "-" and self.s[self.pos + 1] in " \t\n"

    def _entry(self, out: dict[str, Json], column: int, merges: list[tuple[Json, int]]) -> None:
        """One entry of a mapping, the general way."""
        s, pos = self.s, self.pos
        explicit = s[pos] == "?" and s[pos + 1] in " \t\n"
        if explicit:
            key, pos, key_end = self._explicit_key(pos, column)
        else:
            key, key_end = self._key(pos)
        space = SPACES.match(s, key_end)
        colon = self.pos if explicit else space.end() if space else key_end
        if s[colon] != ":" or s[colon + 1] not in " \t\n" or (explicit and self.indent != column):
            if explicit:
                self.put(out, key, None, (pos, key_end, key_end, key_end))
                return
            raise self._no_colon(pos, colon)
        value = self._value(colon + 1, column, compact=explicit, level=True)
        if s[pos:key_end] == "<<":
            merges.append((value, pos))
        else:
            self.put(out, key, value, (pos, key_end, self.start, self.end))

    def _key(self, pos: int) -> tuple[str, int]:
        """An implicit key: one line, text."""
        s = self.s
        if s[pos] == "\t":
            raise self._tab(pos)
        if s[pos] in "&!":
            properties, inner = self.properties(pos, SPACES)
            if inner == pos:
                raise self._unreadable_key(pos)
            key, end = self._key(inner)
            self.apply(properties, key, None)
            return key, end
        if s[pos] in "\"'":
            return self.quoted(pos)
        if s[pos] == "*":
            value, end = self.alias(pos)
            if isinstance(value, str):
                return value, end
        elif match := PLAIN_LINE.match(s, pos):
            key = match[0].rstrip(" \t")
            return key, pos + len(key)
        if self._at_item():
            raise self.fail(
                pos, "a sequence item stands among the keys of a mapping", "check the indentation"
            )
        raise self._unreadable_key(pos)

    def _explicit_key(self, pos: int, column: int) -> tuple[str, int, int]:
        begin = SPACES.match(self.s, pos + 1)
        value = self._value(pos + 1, column, compact=True)
        if isinstance(value, (dict, list)):
            raise self._complex_key(begin.end() if begin else pos)
        raw = self.s[self.start : self.end]
        return (value if isinstance(value, str) else raw), self.start, self.end

    def _sequence(self, column: int) -> list[Json]:
        """The sequence whose first `-` stands at `pos`, in `column`."""
        out: list[Json] = []
        marks: dict[str | int, Mark | int] = {}
        self.marks[id(out)] = marks
        begin = self.pos
        self.enter()
        s = self.s
        while self.indent == column or not out:
            if not self._at_item():
                break
            match = ITEM.match(s, self.pos)
            indent = len(match[2]) if match else 0
            if match and indent <= column:
                self.start, self.end = match.span(1)
                marks[len(out)] = self.pos
                self._advance(match)
                out.append(_simple(match[1]))
            else:
                value = self._value(self.pos + 1, column, compact=True)
                marks[len(out)] = (self.start, self.end, self.start, self.end)
                out.append(value)
        if self.indent > column:
            raise self._misplaced(column)
        self.depth -= 1
        self.start = begin
        return out

    # Values

    def _fresh(self, parent: int) -> Json:
        """The node that begins at `pos`, the first thing on its line."""
        if self._at_item():
            return self._sequence(self.indent)
        if _KEY.match(self.s, self.pos):
            return self._mapping(self.indent)
        return self._value(self.pos, parent, compact=False)

    def _value(self, pos: int, column: int, *, compact: bool, level: bool = False) -> Json:
        """The node behind an indicator of a collection in `column`.

        With `compact`, a collection may begin on the same line: `- a: 1`. With `level`, a
        sequence below may stand in the same column, as it may under a key.
        """
        s = self.s
        space = SPACES.match(s, pos)
        here, pos = pos, space.end() if space else pos
        if compact:
            self.pos = pos
            item = self._at_item()
            if item or _KEY.match(s, pos):
                self.indent = pos - s.rfind("\n", 0, pos) - 1
                return self._sequence(self.indent) if item else self._mapping(self.indent)
        begin, properties = pos, None
        if s[pos] in "&!":
            properties, pos = self.properties(pos, SPACES)
        value, raw = self._bare_value(pos, column, here, level=level)
        if properties is not None:
            value = self.apply(properties, value, raw)
            self.start = begin
        return value

    def _bare_value(
        self, pos: int, column: int, here: int, *, level: bool
    ) -> tuple[Json, str | None]:
        """The node at `pos`, properties read, and its own text if it is a plain scalar."""
        s = self.s
        char = s[pos]
        if char == "\n" or (char == "#" and s[pos - 1] in " \t\n"):
            self._finish_line(pos)
            self.start = self.end = here
            value = self._nested(column) if level or self.indent > column else None
            return value, "" if value is None else None
        if header := BLOCK_HEADER.match(s, pos):
            return self._block_scalar(header, column), None
        if char in "[{":
            value = self.flow_sequence(pos) if char == "[" else self.flow_mapping(pos)
            end = self.end
        elif char in "\"'":
            value, end = self.quoted(pos)
        elif char == "*":
            value, end = self.alias(pos)
        else:
            raw = self._plain(pos, column)
            return plain(raw), raw
        self._finish_line(end)
        self.start, self.end = pos, end
        return value, None


def _simple(raw: str) -> Json:
    """The value of a scalar that stands whole on its line."""
    first = raw[0]
    if first in "\"'":
        return raw[1:-1]
    if raw[-1] in " \t":
        raw = raw.rstrip(" \t")
    return resolve(raw) if first in CANDIDATES else raw


def read_yaml(text: Text) -> tuple[Json, Reader]:
    """The document in a text, and the reader with its marks and repeated keys.

    Raises:
        LoadError: The text is not one YAML 1.2 document of plain data.
    """
    reader = BlockReader(text)
    return reader.document(), reader
