"""Scalars: text as one of the kinds that a schema allows.

Text that cannot be read as a declared kind stays text, so that validation says what is wrong
with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from .exact_json import InexactJsonError, loads
from .plan import Kind, Shape

MISSING: Final = object()
"""What a reader returns for what was not sent, and a kind for text that is not of it."""

Scalar = Callable[[str], Any]

_DEEPEST = 32
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,99})", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,99})(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def scalar(shape: Shape) -> Scalar | None:
    """What reads a text as one of a shape's kinds; None where every text stays as it is.

    Styles have no text for structures within structures; they travel as JSON, as SDKs send them.
    """
    if shape.items is not None or shape.members is not None:
        return _structure
    kinds = tuple(kind for kind in shape.kinds if kind != "string")
    if not kinds:
        return None

    def read(text: str) -> object:
        for kind in kinds:
            value = _READ[kind](text)
            if value is not MISSING:
                return value
        return text

    return read


def _structure(text: str) -> object:
    if not text.startswith(("{", "[")):
        return text
    try:
        return loads(text.encode(), max_depth=_DEEPEST)
    except InexactJsonError:
        return text


def _integer(text: str) -> object:
    return int(text) if _INTEGER.fullmatch(text) else MISSING


def _number(text: str) -> object:
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else MISSING


def _decimal(text: str) -> object:
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _NUMBER.fullmatch(text) else MISSING


def _boolean(text: str) -> object:
    return {"true": True, "false": False}.get(text, MISSING)


def _null(text: str) -> object:
    return None if text in ("", "null") else MISSING


_READ: dict[Kind, Callable[[str], object]] = {
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "boolean": _boolean,
    "null": _null,
}
