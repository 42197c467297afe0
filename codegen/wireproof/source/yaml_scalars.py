"""Quoted, plain and block scalars of YAML 1.2: from the characters to the text that they mean."""

from __future__ import annotations

import re
from functools import lru_cache

PLAIN_FIRST = r"(?:[^ \t\n\-?:,\[\]{}#&*!|>'\"%@`]|[\-?:](?=[^ \t\n]))"
PLAIN_REST = r"[^\n:#]*+(?:(?::(?=[^ \t\n])|(?<=[^ \t\n])#)[^\n:#]*+)*+"
PLAIN = PLAIN_FIRST + PLAIN_REST

FLOW_FIRST = r"(?:[^ \t\n\-?:,\[\]{}#&*!|>'\"%@`]|[\-?:](?=[^ \t\n,\[\]{}]))"
FLOW_REST = r"[^\n:#,\[\]{}]*+(?:(?::(?=[^ \t\n,\[\]{}])|(?<=[^ \t\n])#)[^\n:#,\[\]{}]*+)*+"

DOUBLE = r'"(?:[^"\\]++|\\[\s\S])*+"'
SINGLE = r"'(?:[^']++|'')*+'"

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_FOLD = re.compile(r"[ \t]*\n((?:[ \t]*\n)*)[ \t]*")
_DOUBLE_PARTS = re.compile(
    r"\\\n(?P<joined>(?:[ \t]*\n)*)[ \t]*"
    r"|\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<c>[\s\S]))"
    r"|[ \t]*\n(?P<folded>(?:[ \t]*\n)*)[ \t]*"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class BadScalarError(ValueError):
    """A scalar whose text cannot be told; `offset` counts from its first character."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


def _folded(match: re.Match[str]) -> str:
    return "\n" * match[1].count("\n") or " "


def fold(text: str) -> str:
    """Line folding of flow scalars (section 7.4): a break is a space, n blank lines n breaks."""
    return _FOLD.sub(_folded, text) if "\n" in text else text


def single_quoted(raw: str) -> str:
    """The text of a single-quoted scalar, quotes included in `raw`."""
    return fold(raw[1:-1]).replace("''", "'")


def double_quoted(raw: str) -> str:
    """The text of a double-quoted scalar, quotes included in `raw`.

    Raises:
        BadScalarError: An unknown escape, or half of a surrogate pair.
    """
    body = raw[1:-1]
    if "\\" not in body:
        return fold(body)
    text = _DOUBLE_PARTS.sub(_double_part, body)
    if _SURROGATE.search(text):
        try:  # JSON writes characters beyond U+FFFF as two escapes
            text = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise BadScalarError(
                0, "half of a surrogate pair in an escape", "write the character itself"
            ) from None
    return text


def _double_part(match: re.Match[str]) -> str:
    if match["joined"] is not None:
        return "\n" * match["joined"].count("\n")
    if match["folded"] is not None:
        return "\n" * match["folded"].count("\n") or " "
    code = match["x"] or match["u"] or match["U"]
    if code is not None:
        number = int(code, 16)
        if number <= 0x10FFFF:  # noqa: PLR2004 - the last code point of Unicode
            return chr(number)
    elif match["c"] in _ESCAPES:
        return _ESCAPES[match["c"]]
    raise BadScalarError(
        match.start() + 1,
        f"unknown escape {match[0]} in a double-quoted string",
        "write \\\\ for a backslash, or use single quotes",
    )


BLOCK_HEADER = re.compile(r"([|>])(?:([-+])([1-9])?|([1-9])([-+])?)?(?=[ \t\n])")
_LEADING_BLANKS = re.compile(r"(?: *\n)*( *)")


@lru_cache(maxsize=64)
def _block_body(indent: int) -> re.Pattern[str]:
    return re.compile(rf"(?:(?: {{{indent}}}[^\n]*| *)\n)*+")


def block_scalar(s: str, pos: int, parent: int, header: re.Match[str]) -> tuple[str, int]:
    """Read a literal or folded scalar (section 8.1).

    Args:
        s: The file's text.
        pos: Where the first line of content begins.
        parent: Column of the collection that holds the scalar; -1 at the root.
        header: A match of `BLOCK_HEADER`.

    Returns:
        The scalar's text, and the offset of the first line behind it.
    """
    chomp = header[2] or header[5] or ""
    explicit = header[3] or header[4]
    if explicit:
        indent = max(parent, 0) + int(explicit)
    else:
        found = _LEADING_BLANKS.match(s, pos)
        assert found is not None  # noqa: S101 - the pattern matches the empty string
        indent = max(len(found[1]), parent + 1)
    body = _block_body(indent).match(s, pos)
    assert body is not None  # noqa: S101 - the pattern matches the empty string
    lines = [line[indent:] for line in body[0].split("\n")[:-1]]
    trailing = 0
    while lines and not lines[-1]:
        lines.pop()
        trailing += 1
    text = "\n".join(lines) if header[1] == "|" else _fold_block(lines)
    if chomp == "+":
        text += "\n" * (trailing + bool(lines))
    elif chomp == "" and lines:
        text += "\n"
    return text, body.end()


def _fold_block(lines: list[str]) -> str:
    """Folding of `>`: breaks between lines of text become spaces; indented lines keep theirs."""
    out: list[str] = []
    breaks = 0  # since the last line of text
    loose = True  # nothing before this line to fold with, or a line that keeps its breaks
    for line in lines:
        if not line:
            breaks += 1
            continue
        keeps = line[0] in " \t"
        if out or breaks:
            if not out:
                out.append("\n" * breaks)
            elif keeps or loose:
                out.append("\n" * (breaks + 1))
            else:
                out.append("\n" * breaks or " ")
        out.append(line)
        breaks, loose = 0, keeps
    return "".join(out)
