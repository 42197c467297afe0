"""Plain scalars of YAML 1.2's core schema (section 10.3.2), with exact numbers.

`on`, `no`, `010` and dates mean what YAML 1.2 says: text, text, the integer ten, text.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from wireproof.source.node import Json

CANDIDATES = frozenset("0123456789+-.~nNtTfF")
"""First characters of everything that is not text; a quick test before `resolve`."""

_WORDS: dict[str, Json] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_MAX_DIGITS = 4000
"""Python refuses to turn longer text into an integer; nobody means such a number."""


def resolve(text: str) -> Json:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _MAX_DIGITS:
        return text
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return exact(text)
    if _BASED.match(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return text


def exact(literal: str) -> float | Decimal:
    """A float where the literal survives the trip through a double, else a Decimal."""
    number = float(literal)
    try:
        decimal = Decimal(literal)
    except InvalidOperation:  # an exponent beyond what Decimal holds
        return number
    return number if Decimal(repr(number)) == decimal else decimal
