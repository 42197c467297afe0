"""JSON as it was sent: no duplicate names, no NaN, no digits lost, no absurd nesting.

The fast path is pydantic-core's parser; what it cannot promise (it lets a repeated name win, and
reads fractions as binary floats) is either ruled out by counting or left to the standard
library's decoder with hooks.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from pydantic_core import from_json

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_PARSER_DEPTH = 150  # nesting that both parsers take without their own limits in the way


class InexactJsonError(ValueError):
    """The text is not JSON as this server takes it; the message says why."""


def loads(raw: bytes, *, max_depth: int, decimals: bool = False) -> Any:  # noqa: ANN401 - any JSON value
    """The value of a JSON text in UTF-8.

    Args:
        raw: The text.
        max_depth: How many arrays and objects may be open at once.
        decimals: Read numbers with a fraction or an exponent as Decimal instead of float.

    Raises:
        InexactJsonError: not JSON, a repeated name, too deep.
    """
    if raw.count(b"{") + raw.count(b"[") > max_depth and depth(raw) > max_depth:
        raise InexactJsonError(f"nested deeper than {max_depth} levels")
    if decimals or max_depth > _PARSER_DEPTH:
        return _strict(raw, decimals=decimals)
    try:
        value = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise InexactJsonError(_reason(error)) from None
    # Every member has its colon. As many colons as distinct members means: none was repeated.
    if raw.count(b":") == _members(value):
        return value
    return _strict(raw, decimals=False)


def depth(raw: bytes) -> int:
    """The deepest nesting of a JSON text; brackets within strings do not count."""
    deepest = level = 0
    for byte in _STRING.sub(b"", raw):
        if byte in b"{[":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"}]":
            level -= 1
    return deepest


def _members(value: object) -> int:
    """How many object members a value has, at any depth."""
    if type(value) is dict:
        count = len(value)
        for child in value.values():
            if type(child) is dict or type(child) is list:
                count += _members(child)
        return count
    if type(value) is list:
        return sum(_members(child) for child in value)
    return 0


def _strict(raw: bytes, *, decimals: bool) -> Any:  # noqa: ANN401 - any JSON value
    decoder = _DECIMALS if decimals else _FLOATS
    try:
        return decoder.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise InexactJsonError("not UTF-8") from None
    except RecursionError:
        raise InexactJsonError("nested too deeply") from None
    except (ValueError, InvalidOperation) as error:
        raise InexactJsonError(_reason(error)) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise InexactJsonError(f"the name {json.dumps(name[:60])} is repeated")
            seen.add(name)
    return found


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise InexactJsonError("a number is out of range")
    return number


def _no_constant(name: str) -> NoReturn:
    raise InexactJsonError(f"{name} is not a JSON value")


def _reason(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]


_FLOATS = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_constant
)
_DECIMALS = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_no_constant
)
