"""The only way from a contract's text into Python: names, literals, docstrings.

Whatever the contract says, `identifier()` is an identifier that is no keyword, `literal()` one
expression that evaluates to the value, and `docstring()` a docstring that ends where it should.
"""

from __future__ import annotations

import keyword
import re
import textwrap
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from wireproof.emit.words import pascal, snake
from wireproof.source.node import Json

WIDTH = 100
"""Columns of a line in generated code."""

KEYWORDS = frozenset((*keyword.kwlist, *keyword.softkwlist, "None", "True", "False")) - {
    "_",
    "case",
    "match",
    "type",
}
"""Words that cannot be used as a name everywhere. Soft keywords can."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BULLET = re.compile(r"(?:[-*+]|\d+[.)])\s+")
_SHORT = 76
_QUOTES = 3


def identifier(name: str, *, fallback: str = "value", reserved: frozenset[str] = KEYWORDS) -> str:
    """A snake_case identifier for a variable, an argument, an attribute, a function, a module.

    Reserved words get an underscore behind them (`class_`); a name that starts with a digit or
    has no letter gets `fallback` before it. Leading underscores are dropped: they would make
    the name private.
    """
    return _legal(snake(name), f"{fallback}_", fallback, reserved)


def type_identifier(name: str, *, reserved: frozenset[str] = KEYWORDS) -> str:
    """A PascalCase identifier for a class or a type; capitals that it has stay as they are."""
    spelled = name if name.isidentifier() and name[:1].isupper() else pascal(name)
    text = _legal(spelled, "Type", "Type", KEYWORDS)
    return f"{text}Model" if text in reserved else text


def _legal(spelled: str, prefix: str, fallback: str, reserved: frozenset[str]) -> str:
    # NFKC, because the Python parser compares identifiers in that form.
    text = "".join(c for c in unicodedata.normalize("NFKC", spelled) if f"_{c}".isidentifier())
    text = text.strip("_")
    if not text:
        text = fallback
    elif not text.isidentifier():
        text = prefix + text
    return f"{text}_" if text in reserved else text


def distinct(name: str, taken: Iterable[str]) -> str:
    """The name, or the first of `name_2`, `name_3`, ... that is not taken."""
    known = set(taken)
    if name not in known:
        return name
    number = 2
    while f"{name.rstrip('_')}_{number}" in known:
        number += 1
    return f"{name.rstrip('_')}_{number}"


def literal(value: Json) -> str:
    """An expression that evaluates to a JSON value, in double quotes and plain ASCII controls."""
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool | int):
        return repr(value)
    if isinstance(value, Decimal | float):
        return _number(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        members = ", ".join(f"{quoted(str(k))}: {literal(v)}" for k, v in value.items())
        return f"{{{members}}}"
    return quoted(str(value))


def _number(value: Decimal | float) -> str:
    text = str(value)
    return text if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text) else quoted(text)


def quoted(text: str) -> str:
    """A string literal on one line in which nothing is invisible."""
    if text.isprintable():
        inner = text.replace("\\", "\\\\")
    else:
        inner = "".join(_shown(character) for character in text)
    if '"' in inner and "'" not in inner:
        return f"'{inner}'"
    return '"' + inner.replace('"', '\\"') + '"'


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _shown(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~":
        return character
    if not character.isprintable():
        return character.encode("unicode_escape").decode("ascii")
    return character


def docstring(*paragraphs: str, indent: str = "") -> str:
    """A docstring with its newline, or "" where there is nothing to say.

    Each paragraph is contract text or ours; lines that are already short enough stay as they are,
    so lists and code survive.
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        said = prose(paragraph, WIDTH - len(indent) - (0 if lines else _QUOTES))
        if said:
            lines += ([""] if lines else []) + said
    if not lines:
        return ""
    raw = "r" if any("\\" in line for line in lines) else ""
    if len(lines) == 1:
        line = _closed(lines[0])
        if len(indent) + len(line) + 2 * _QUOTES + len(raw) <= WIDTH:
            return f'{indent}{raw}"""{line}"""\n'
        lines = _wrapped(lines[0], WIDTH - len(indent) - 2 * _QUOTES - 2)
    body = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines[1:])
    return f'{indent}{raw}"""{lines[0]}\n{body}{indent}"""\n'


def sentence(text: str) -> str:
    """A summary with a full stop."""
    return f"{text.rstrip()}." if text.rstrip()[-1:].isalnum() else text


def _closed(line: str) -> str:
    """A last line that neither a quote nor a backslash runs into the closing quotes."""
    return f"{line} " if line.endswith(('"', "\\")) else line


def prose(text: str, width: int = WIDTH) -> list[str]:
    """Contract text as lines of a docstring: wrapped, visible, unable to end the docstring."""
    return [*_prose(text, width)]


@lru_cache(maxsize=1 << 13)
def _prose(text: str, width: int) -> tuple[str, ...]:
    """Remembered: the same words stand in several places, and in every round of `watch`."""
    if not text or text.isspace():
        return ()
    plain = _unbroken(text)
    lines: list[str] = []
    for line in plain.split("\n"):
        lines += _wrapped(line.rstrip(), width)
    return tuple(_squeezed(lines))


def _unbroken(text: str) -> str:
    lines = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text).expandtabs(4)
    if lines.replace("\n", "").isprintable():
        return lines.replace('"""', "'''")
    kept = (c for c in lines if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return "".join(kept).replace('"""', "'''")


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    body = line.lstrip()
    indent = line[: len(line) - len(body)][: width // 2]
    bullet = _BULLET.match(body)
    hanging = indent + " " * (len(bullet[0]) if bullet else 0)
    return _filled(body.split(), width, indent, hanging)


def _filled(words: list[str], width: int, first: str, rest: str) -> list[str]:
    """Words on as few lines as they need; `textwrap` does the same, several times slower."""
    lines: list[str] = []
    line = first + words[0]
    for word in words[1:]:
        if len(line) + len(word) < width:
            line += f" {word}"
        else:
            lines.append(line)
            line = rest + word
    return [*lines, line]


def _squeezed(lines: list[str]) -> list[str]:
    """Without empty lines at the ends, and without two of them in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def argument_doc(name: str, description: str, indent: str) -> str:
    """An entry of a docstring's `Args:`, its further lines indented once more."""
    lines = prose(f"{name}: {description}", WIDTH - len(indent) - 8)
    head, *rest = (line for line in lines if line)
    return "\n".join([f"{indent}{head}", *(f"{indent}    {line}" for line in rest)])


def first_paragraph(text: str) -> str:
    """What a description says first, on one line."""
    lines = prose(text)
    return " ".join(line.strip() for line in lines[: _end_of_paragraph(lines)])


def first_sentence(text: str) -> str:
    """What a description says first, on one line of moderate length."""
    first = re.split(r"(?<=[.!?])\s", first_paragraph(text), maxsplit=1)[0]
    return textwrap.shorten(first, _SHORT, placeholder=" ...") if first else ""


def _end_of_paragraph(lines: list[str]) -> int:
    return next((index for index, line in enumerate(lines) if not line), len(lines))
