"""Exact numbers: decimals never pass through binary floating point.

`str(Decimal("0.00000010"))` is `1.0E-7`, which trading venues reject; `format(d, "f")` is what
travels. A `float` is refused where a decimal is expected, because it has already lost digits.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

DecimalInput = Decimal | int | str
"""What an argument of an exact decimal type accepts; never a float."""

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_EXACT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MAX_EXPONENT = 1_000


class JsonNumber(Decimal):
    """A decimal that travels as a JSON number with exactly these digits."""

    __slots__ = ()


def decimal_text(value: object) -> str:
    """The plain notation of an exact number, without exponent.

    Raises:
        TypeError: for a float, a bool, or anything that is no number.
        ValueError: for text that is no number, and for NaN and infinities.
    """
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else _plain(_parsed(value))
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise TypeError(_refusal(value))
    return str(int(value)) if isinstance(value, int) else _plain(value)


def json_number(value: object) -> JsonNumber:
    """An exact number that will be written as a JSON number; the same refusals."""
    return JsonNumber(decimal_text(value))


def decimal_from_wire(value: object) -> Decimal:
    """A decimal as it arrived: a number in JSON text, or an integer.

    `format: decimal` is fixed-point (OpenAPI Format Registry), and that is what travels from here.
    But servers write `0E-8`, which is exact too, and to refuse the answer to an order that was
    executed would serve nobody. A JSON number with a fraction has gone through floating point by
    the time it gets here, so it is refused instead of being rounded in silence.
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        if not _EXACT.fullmatch(value):
            raise ValueError(f"{value!r} is not a decimal number")
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    message = "expected a decimal in a JSON string, so that no digit is lost; got "
    raise ValueError(message + type(value).__name__)


def _parsed(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a decimal number") from None
    if not number.is_finite():
        raise ValueError(f"{text!r} is not a finite number")
    return number


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError(f"{number} is not a finite number")
    if abs(number.adjusted()) > _MAX_EXPONENT:
        raise ValueError(f"{number} is out of any sensible range")
    return format(number, "f")


def _refusal(value: object) -> str:
    if isinstance(value, float):
        return (
            f"a float ({value!r}) cannot hold an exact decimal; "
            f'pass Decimal("{value!r}") or the string "{value!r}" instead'
        )
    return f"expected a Decimal, an int or a decimal string, got {type(value).__name__}"
