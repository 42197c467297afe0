"""Short texts that an ECMA-262 pattern matches: the first alternative, the fewest repeats.

What looks around or back is not tried; whoever asks holds the text against the pattern anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "p": "a", "P": "1"}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
_CANDIDATES = "aA0-_ .:/@#~!$%&'()*+,;=?[]^`{|}<>\"\\zZ19é"
_COUNT = re.compile(r"\{(\d+)(,?)(\d*)\}")
_MOST = 64  # repeats that are still tried to reach a length


class _Untried(Exception):  # noqa: N818 - an answer, not a fault
    """The pattern has something that this module does not try."""


def matching(pattern: str, shortest: int = 0, longest: int | None = None) -> str | None:
    """A text of the length asked for that the pattern most likely matches; None without one."""
    for extra in range(_MOST if shortest else 1):
        try:
            text = _Reader(pattern, extra).read()
        except (_Untried, IndexError):
            return None
        if len(text) >= shortest:
            return text if longest is None or len(text) <= longest else None
    return None


class _Reader:
    """Reads a pattern from left to right and writes the text as it goes."""

    def __init__(self, pattern: str, extra: int) -> None:
        self._pattern = pattern
        self._extra = extra
        self._at = 0

    def read(self) -> str:
        text = self._alternatives()
        if self._at < len(self._pattern):
            raise _Untried
        return text

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _alternatives(self) -> str:
        first = self._sequence()
        while self._peek() == "|":
            self._at += 1
            self._sequence()
        return first

    def _sequence(self) -> str:
        parts = []
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            parts.append(atom * self._repeats())
        return "".join(parts)

    def _repeats(self) -> int:
        """How often the atom before is written: as seldom as allowed, and `extra` times more."""
        low, high = 1, 1
        counted = _COUNT.match(self._pattern, self._at)
        if counted is not None:
            self._at = counted.end()
            low = int(counted[1])
            high = int(counted[3]) if counted[3] else (low + self._extra if counted[2] else low)
        elif self._peek() in ("*", "+", "?"):
            kind = self._next()
            low = 1 if kind == "+" else 0
            high = 1 if kind == "?" else low + self._extra
        else:
            return 1
        if self._peek() == "?":
            self._at += 1
        return min(high, low + self._extra)

    def _atom(self) -> str:
        character = self._next()
        if character in "^$":
            return ""
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        return "a" if character == "." else character

    def _group(self) -> str:
        if self._peek() == "?":
            self._at += 1
            kind = self._next()
            if kind == "<" and self._peek() not in ("=", "!"):
                self._at = self._pattern.index(">", self._at) + 1
            elif kind != ":":
                raise _Untried
        text = self._alternatives()
        if self._next() != ")":
            raise _Untried
        return text

    def _escape(self) -> str:
        character = self._next()
        if character in "bB":
            return ""
        if character in "pP" and self._peek() == "{":
            self._at = self._pattern.index("}", self._at) + 1
        if character.isdigit() and character != "0":
            raise _Untried
        if character in "ux":
            digits = 4 if character == "u" else 2
            self._at += digits
            return chr(int(self._pattern[self._at - digits : self._at], 16))
        return _CLASSES.get(character) or _CONTROLS.get(character) or character

    def _class(self) -> str:
        """The first of the likely characters that the class holds."""
        start = self._at
        while self._peek() != "]" or self._at == start:
            if self._next() == "\\":
                self._at += 1
        self._at += 1
        holds = _matcher(f"[{self._pattern[start : self._at]}")
        inner = self._pattern[start : self._at - 1]
        for candidate in _CANDIDATES + inner:
            if holds(candidate):
                return candidate
        raise _Untried


def _matcher(text: str) -> Callable[[str], object]:
    try:
        return re.compile(text, re.ASCII).fullmatch
    except re.error:
        raise _Untried from None
