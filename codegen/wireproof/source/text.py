"""Characters of one file: decoding with good errors, and offsets to lines and columns."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from functools import cached_property
from itertools import accumulate

from wireproof.diagnostics import Diagnostic, LoadError, Severity, Span

MAX_DEPTH = 128
"""Containers inside containers. Deeper documents are refused: no contract needs it."""

_BLOCK = 1 << 12
"""Characters that are counted at once: a few places cost little in however large a text."""

_CONTINUING = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that do not begin a character."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


class Text:
    """The decoded text of a file; line breaks are line feeds, and the last line has one.

    Attributes:
        name: The file's name as shown to users.
        value: The characters.
        ended: Whether the last line had a break of its own.
    """

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.ended = value.endswith(("\n", "\r"))
        self.value = _unified(value)

    @cached_property
    def _breaks(self) -> list[int]:
        """How many line breaks stand before each block of the text."""
        blocks = range(0, len(self.value), _BLOCK)
        counts = (self.value.count("\n", start, start + _BLOCK) for start in blocks)
        return list(accumulate(counts, initial=0))

    def written(self, start: int, end: int) -> str:
        """The characters of a stretch."""
        return self.value[start:end]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1, in characters) of an offset."""
        block = min(offset, len(self.value)) // _BLOCK
        line = self._breaks[block] + self.value.count("\n", block * _BLOCK, offset) + 1
        return line, offset - self.value.rfind("\n", 0, offset)

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` to before `end`."""
        line, column = self.place(start)
        inside = self.written(start, end)
        if "\n" in inside:
            return Span(self.name, line, column, *self.place(end))
        return Span(self.name, line, column, line, column + len(inside))

    def error(
        self, offset: int, message: str, hint: str, *, end: int | None = None, rule: str = "syntax"
    ) -> LoadError:
        """A LoadError that points at an offset."""
        offset = min(offset, len(self.value))
        span = self.span(offset, offset if end is None else end)
        return LoadError(Diagnostic(rule, Severity.ERROR, message, span, help=hint))


class Octets(Text):
    """The bytes of a UTF-8 file as characters, one each; places are those of the true characters.

    For those who look for ASCII only: one wide character would make every other as wide, and a
    large file four times as large.
    """

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, data.removeprefix(BOM_UTF8).decode("latin-1"))

    def written(self, start: int, end: int) -> str:
        """The true characters of a stretch."""
        return self.value[start:end].encode("latin-1").decode("utf-8")

    @cached_property
    def _characters(self) -> list[int]:
        """How many true characters stand before each block."""
        blocks = range(0, len(self.value), _BLOCK)
        return list(accumulate((self._count(at, at + _BLOCK) for at in blocks), initial=0))

    def _count(self, start: int, end: int) -> int:
        octets = self.value[start:end]
        if octets.isascii():
            return len(octets)
        return len(octets.encode("latin-1").translate(None, _CONTINUING))

    def _before(self, offset: int) -> int:
        block = min(offset, len(self.value)) // _BLOCK
        return self._characters[block] + self._count(block * _BLOCK, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1, in true characters) of an offset in bytes."""
        line, column = super().place(offset)
        if self._ascii:
            return line, column
        return line, self._before(offset) - self._before(offset - column + 1) + 1

    @cached_property
    def _ascii(self) -> bool:
        return self.value.isascii()


def decode(name: str, data: bytes) -> Text:
    """The text of a file.

    Raises:
        LoadError: The file is empty or not UTF-8.
    """
    for mark, encoding in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise _refused(name, "encoding", f"the file is {encoding}, not UTF-8")
    try:
        value = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        raise Text(name, before).error(
            len(_unified(before)) - (not before.endswith(("\n", "\r"))),
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8",
            rule="encoding",
        ) from None
    text = Text(name, value)
    if not value or value.isspace():
        raise _refused(name, "empty-document", "the file is empty", "write an OpenAPI document")
    return text


def refuse_controls(text: Text) -> None:
    """Check YAML's character set (section 5.1).

    Raises:
        LoadError: A control character stands in the text.
    """
    if found := _CONTROL.search(text.value):
        raise text.error(
            found.start(),
            f"control character U+{ord(found[0]):04X} is not allowed here",
            'remove it, or write it as an escape inside double quotes, like "\\u0007"',
        )


def _unified(value: str) -> str:
    """Line feeds as breaks, the last line ended: lines and columns stay what they were."""
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value if value.endswith("\n") else value + "\n"


def _refused(
    name: str, rule: str, message: str, hint: str = "save the file as UTF-8 without a mark"
) -> LoadError:
    return LoadError(Diagnostic(rule, Severity.ERROR, message, Span.point(name), help=hint))
