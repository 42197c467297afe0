"""JSON: fast and exact values, repeated keys, and the place of every entry when asked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # public C function, not in typeshed

import orjson

from wireproof.diagnostics import LoadError
from wireproof.source.node import Json
from wireproof.source.scalars import exact
from wireproof.source.text import MAX_DEPTH, Text
from wireproof.source.yaml_marks import Mark, Repeat

_ORJSON_DEPTH = 254
"""orjson writes containers up to this depth (a test holds it against the installed release)."""
_DEEPER = _ORJSON_DEPTH - MAX_DEPTH

_LINES = b'{\n  "'
_DEEP = b"\n" + b" " * (2 * MAX_DEPTH)
"""What stands before an entry of a container at the deepest level, two blanks a level."""

_SHAPE = bytes.maketrans(b"123456789.E", b"0000000000e")
_NUMBER_BEFORE = re.compile(rb"[:\[,]\s*-?[0-9.]*\Z")
_CONSTANT = re.compile(r"[:\[,]\s*(NaN|-?Infinity)")
_SPACE = re.compile(r"[ \t\n]*")
_KEY = re.compile(r'[ \t\n,]*"')
_COLON = re.compile(r"[ \t\n]*:[ \t\n]*")
_ELEMENT = re.compile(r"[ \t\n,]*+(?=[^\]])")
_ATOM = re.compile(r"[^ \t\n,\]}]+")


@dataclass(frozen=True, slots=True)
class Fast:
    """A document that orjson has read without loss.

    Attributes:
        value: The data.
        plain: Whether the text is what orjson writes for it, to the byte: no blank, no escape and
            no spelling of a number is the author's own.
        in_lines: Whether it is plain, and every entry begins a line, two blanks deeper a level.
    """

    value: Json
    plain: bool = False
    in_lines: bool = False


def read_fast(data: bytes) -> Fast | None:
    """The document, or None where only the exact way will do.

    orjson reads it, and writes it again: text that comes out as it was lost nothing. In other
    texts, what orjson would silently lose is looked for in the bytes: repeated keys, numbers of 16
    digits or more, exponents that underflow.
    """
    try:
        value = orjson.loads(data)
        if _in_lines(value, data):
            return Fast(value, plain=True, in_lines=True)
        written = orjson.dumps(_deepened(value))
    except (orjson.JSONDecodeError, TypeError, RecursionError):
        return None
    if written[_DEEPER:-_DEEPER] == data.removesuffix(b"\n"):
        return Fast(value, plain=True)
    # A dropped key takes two quotes or more with it; only "\u0022" could hide that.
    if written.count(b'"') != data.count(b'"') or b"\\u0022" in data:
        return None
    return None if _delicate_numbers(data) else Fast(value)


def _in_lines(value: Json, data: bytes) -> bool:
    """Whether the data is what orjson writes for a value, one entry a line."""
    if not data.startswith(_LINES) or _DEEP in data:
        return False
    written = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    return written == data.removesuffix(b"\n")


def _deepened(value: Json) -> Json:
    """The value inside so many lists that orjson's own limit refuses more than MAX_DEPTH."""
    for _ in range(_DEEPER):
        value = [value]
    return value


def _delicate_numbers(data: bytes) -> bool:
    """Whether a number may not survive as a 64-bit integer or a double.

    A literal of at most 15 digits always survives; longer runs of digits that stand inside
    strings are told apart by what stands before them.
    """
    shape = data.translate(_SHAPE)
    for pattern in (b"0" * 16, b"0e-000"):
        at = shape.find(pattern)
        while at != -1:
            if _NUMBER_BEFORE.search(data, max(0, at - 100), at + 1):
                return True
            at = shape.find(pattern, at + len(pattern))
    return False


def read_exact(text: Text) -> tuple[Json, bool]:
    """The document, and whether a key stands twice somewhere.

    Numbers are exact: integers of any size, floats where the literal survives a double,
    Decimals elsewhere. Of repeated keys the last one counts, as in every JSON parser.

    Raises:
        LoadError: The text is not JSON, or nested too deeply.
    """
    repeated = False

    def pairs(entries: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal repeated
        found = dict(entries)
        repeated = repeated or len(found) != len(entries)
        return found

    def constant(name: str) -> Json:
        raise ValueError(name)

    try:
        value = json.loads(
            text.value, object_pairs_hook=pairs, parse_float=exact, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        end = len(text.value.rstrip())  # a file that breaks off has its error at its end
        raise text.error(min(error.pos, end), _message(error), _hint(text, error)) from None
    except RecursionError:
        value = None
    except ValueError as error:
        found = _CONSTANT.search(text.value)
        place = found.start(1) if found else 0
        raise text.error(place, f"not JSON: {error}", "JSON has no such number") from None
    Scan(text).run()  # refuses absurd nesting
    return value, repeated


def _message(error: json.JSONDecodeError) -> str:
    return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"


def _hint(text: Text, error: json.JSONDecodeError) -> str:
    before = text.value[: error.pos].rstrip()
    if before.endswith(",") and text.value[error.pos : error.pos + 1] in "}]":
        return "remove the comma before it"
    return "correct the JSON here"


class Scan:
    """One pass over valid JSON that notes where every entry stands, and repeated keys."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.marks: dict[int, dict[str | int, Mark]] = {}
        self.repeats: list[Repeat] = []
        self._depth = 0

    def run(self) -> Json:
        """The containers, scalars left out: all that positions need.

        Raises:
            LoadError: The document is nested too deeply.
        """
        match = _SPACE.match(self.text.value)
        return self._value(match.end() if match else 0)[0]

    def _value(self, pos: int) -> tuple[Json, int]:
        """The value at `pos` (None for a scalar), and the offset behind it."""
        s = self.text.value
        first = s[pos]
        if first == '"':
            return None, scanstring(s, pos + 1, False)[1]  # noqa: FBT003 - a C function: positional only
        if first in "{[":
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise self._too_deep(pos)
            found = self._object(pos + 1) if first == "{" else self._array(pos + 1)
            self._depth -= 1
            return found
        match = _ATOM.match(s, pos)
        return None, match.end() if match else pos

    def _object(self, pos: int) -> tuple[Json, int]:
        s = self.text.value
        out: dict[str, Json] = {}
        marks = self.marks[id(out)] = {}
        while match := _KEY.match(s, pos):
            key_start = match.end() - 1
            key, key_end = scanstring(s, key_start + 1, False)  # noqa: FBT003 - a C function: positional only
            colon = _COLON.match(s, key_end)
            start = colon.end() if colon else key_end
            if key in marks:
                self.repeats.append(Repeat(key, marks[key][:2], (key_start, key_end)))
            out[key], pos = self._value(start)
            marks[key] = (key_start, key_end, start, pos)
        return out, s.index("}", pos) + 1

    def _array(self, pos: int) -> tuple[Json, int]:
        s = self.text.value
        out: list[Json] = []
        marks = self.marks[id(out)] = {}
        while match := _ELEMENT.match(s, pos):
            start = match.end()
            value, pos = self._value(start)
            marks[len(out)] = (start, pos, start, pos)
            out.append(value)
        return out, s.index("]", pos) + 1

    def _too_deep(self, pos: int) -> LoadError:
        return self.text.error(
            pos,
            f"nested deeper than {MAX_DEPTH} levels",
            "name the inner parts under components and refer to them",
            rule="nesting",
        )
