r"""ECMA-262 regular expressions (flag `u`, as JSON Schema asks for) as syntax trees.

What is regular is parsed; what is not (look-around, back-references) or is not understood
raises `UnsupportedPattern` with a reason that a user can read. Identity escapes outside the
syntax characters (`\-`, `\_`) are taken as the character, as all engines in use do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from wireproof.compat.subsume import charset
from wireproof.compat.subsume.charset import Charset

MAX_REPEAT = 20_000
"""Counted repetition beyond this is left to the opaque reading."""


class UnsupportedPattern(ValueError):  # noqa: N818 - says what the pattern is
    """The pattern is outside of what finite automata can decide; the message says why."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    members: Charset


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; no parts at all is the empty word."""

    parts: tuple[Regex, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options."""

    options: tuple[Regex, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body, between `low` and `high` times; `high` None means without limit."""

    body: Regex
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """`^` (start) or `$` (end) of the whole string."""

    start: bool


Regex = Chars | Sequence | Choice | Repeat | Anchor

CLASSES: dict[str, Charset] = {
    "d": charset.DIGIT,
    "D": charset.complement(charset.DIGIT),
    "w": charset.WORD,
    "W": charset.complement(charset.WORD),
    "s": charset.SPACE,
    "S": charset.complement(charset.SPACE),
}
CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D, "0": 0x00}
CATEGORY_NAMES = {
    "Letter": "L",
    "Lowercase_Letter": "Ll",
    "Uppercase_Letter": "Lu",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "Punctuation": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Space_Separator": "Zs",
    "Control": "Cc",
}


@cache
def parse(pattern: str) -> Regex:
    """The syntax tree of a pattern.

    Raises:
        UnsupportedPattern: with the reason.
    """
    parser = _Parser(pattern)
    tree = parser.choice()
    if parser.position < len(pattern):
        raise UnsupportedPattern("pattern has an unbalanced ')'")
    return tree


class _Parser:
    """Recursive descent over the pattern's text; `position` is all its state."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.depth = 0

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def take(self, expected: str) -> bool:
        if self.text.startswith(expected, self.position):
            self.position += len(expected)
            return True
        return False

    def next(self) -> str:
        if self.position >= len(self.text):
            raise UnsupportedPattern("pattern ends in the middle of an expression")
        self.position += 1
        return self.text[self.position - 1]

    def choice(self) -> Regex:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Regex:
        parts: list[Regex] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self) -> Regex:
        body = self.atom()
        bounds = self.quantifier()
        if bounds is None:
            return body
        if isinstance(body, Anchor):
            raise UnsupportedPattern("pattern repeats an anchor")
        self.take("?")  # a lazy quantifier accepts the same words
        low, high = bounds
        if max(low, high or 0) > MAX_REPEAT:
            raise UnsupportedPattern(f"pattern counts beyond {MAX_REPEAT}")
        if high is not None and high < low:
            raise UnsupportedPattern("pattern has a quantifier whose bounds are out of order")
        return Repeat(body, low, high)

    def quantifier(self) -> tuple[int, int | None] | None:
        for symbol, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(symbol):
                return bounds
        return self.counted() if self.peek() == "{" else None

    def counted(self) -> tuple[int, int | None] | None:
        end = self.text.find("}", self.position)
        low, comma, high = self.text[self.position + 1 : max(end, 0)].partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            return None
        self.position = end + 1
        return int(low), (int(high) if high else None) if comma else int(low)

    def atom(self) -> Regex:
        character = self.next()
        match character:
            case "^" | "$":
                return Anchor(start=character == "^")
            case ".":
                return Chars(charset.complement(charset.LINE_END))
            case "(":
                return self.group()
            case "[":
                return Chars(self.bracket())
            case "\\":
                return Chars(self.escape(in_class=False))
            case "*" | "+" | "?":
                raise UnsupportedPattern(f"pattern has nothing before '{character}'")
            case _:
                return Chars(charset.of(character))

    def group(self) -> Regex:
        for look in ("?=", "?!", "?<=", "?<!"):
            if self.take(look):
                kind = "lookbehind" if "<" in look else "lookahead"
                raise UnsupportedPattern(f"pattern uses {kind} '({look}'")
        if self.take("?<"):
            while self.next() != ">":
                pass
        elif self.take("?") and not self.take(":"):
            raise UnsupportedPattern("pattern uses a group modifier '(?'")
        self.depth += 1
        if self.depth > 100:  # noqa: PLR2004 - deeper nesting is an attack, not a pattern
            raise UnsupportedPattern("pattern nests more than 100 groups")
        inner = self.choice()
        self.depth -= 1
        if not self.take(")"):
            raise UnsupportedPattern("pattern has an unbalanced '('")
        return inner

    def bracket(self) -> Charset:
        negated = self.take("^")
        members: list[Charset] = []
        while not self.take("]"):
            members.append(self.class_member())
        found = charset.union(*members)
        return charset.complement(found) if negated else found

    def class_member(self) -> Charset:
        first = self.class_atom()
        dash = self.peek() == "-" and self.text[self.position + 1 : self.position + 2] != "]"
        if not dash or not _is_single(first):
            return first
        mark = self.position
        self.next()
        last = self.class_atom()
        if not _is_single(last):
            self.position = mark
            return first
        if last[0][0] < first[0][0]:
            raise UnsupportedPattern("pattern has a character range that is out of order")
        return charset.normal([(first[0][0], last[0][0])])

    def class_atom(self) -> Charset:
        character = self.next()
        return self.escape(in_class=True) if character == "\\" else charset.of(character)

    def escape(self, *, in_class: bool) -> Charset:  # noqa: PLR0911 - one return a case
        character = self.next()
        if character in CLASSES:
            return CLASSES[character]
        if character in CONTROLS:
            return _single(CONTROLS[character])
        match character:
            case "x":
                return _single(self.hexadecimal(2))
            case "u":
                return _single(self.unicode())
            case "c":
                return _single(ord(self.next()) % 32)
            case "p" | "P":
                return self.property(negated=character == "P")
            case "b" if in_class:
                return _single(0x08)
        if character in "bB":
            raise UnsupportedPattern("pattern uses a word boundary")
        if character.isdigit() or character == "k":
            raise UnsupportedPattern("pattern uses a back-reference")
        if character.isalpha():
            raise UnsupportedPattern(f"pattern uses the escape '\\{character}', not in ECMA-262")
        return charset.of(character)

    def hexadecimal(self, digits: int) -> int:
        text = "".join(self.next() for _ in range(digits))
        return _hexadecimal(text)

    def unicode(self) -> int:
        if self.take("{"):
            text = ""
            while (character := self.next()) != "}":
                text += character
            return _hexadecimal(text)
        point = self.hexadecimal(4)
        if 0xD800 <= point < 0xDC00 and self.take("\\u"):  # noqa: PLR2004 - UTF-16 lead surrogates
            return 0x10000 + ((point - 0xD800) << 10) + (self.hexadecimal(4) - 0xDC00)
        return point

    def property(self, *, negated: bool) -> Charset:
        name = ""
        if not self.take("{"):
            raise UnsupportedPattern("pattern uses \\p without braces")
        while (character := self.next()) != "}":
            name += character
        name = name.removeprefix("gc=").removeprefix("General_Category=")
        short = CATEGORY_NAMES.get(name, name)
        found = charset.category(short) if len(short) <= 2 else None  # noqa: PLR2004 - Lu, Nd
        if not short or found is None:
            raise UnsupportedPattern(f"pattern uses the Unicode property \\p{{{name}}}")
        return charset.complement(found) if negated else found


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        raise UnsupportedPattern("pattern has a malformed escape") from None


def _single(point: int) -> Charset:
    return charset.normal([(point, point)])


def _is_single(members: Charset) -> bool:
    return len(members) == 1 and members[0][0] == members[0][1]
