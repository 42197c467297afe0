"""Exact amounts: decimal strings at the edges, integers inside, never a float.

An amount is an integer number of *units* of `10**-scale`. Text is what the contract calls a
decimal: ASCII digits with at most one point, no sign, no exponent, no superfluous zeros in
front. Longer texts than `MAX_LENGTH` are refused before they are looked at.
"""

from __future__ import annotations

from typing import Final

from handlers.exchange.codes import MALFORMED, NUMBER_NOT_DECIMAL_STRING, RefusalError

MAX_LENGTH: Final = 40
MAX_SCALE: Final = 18


def parse(text: str, scale: int, pointer: str = "") -> int | None:
    """The units that a decimal string stands for; None where it is finer than the scale.

    Raises:
        RefusalError: `number_not_decimal_string` for anything but a string (floats above all),
            `malformed` for a string that is no plain decimal.
    """
    if not isinstance(text, str):
        raise RefusalError(
            NUMBER_NOT_DECIMAL_STRING, "Amounts are decimal strings, not numbers.", pointer
        )
    whole, point, fraction = text.partition(".")
    if (
        len(text) > MAX_LENGTH
        or not text.isascii()
        or not whole.isdigit()
        or (whole[0] == "0" and len(whole) > 1)
        or (point and not fraction.isdigit())
    ):
        raise RefusalError(
            MALFORMED, "An amount is digits with at most one point, such as 0.25.", pointer
        )
    if len(fraction) <= scale:
        return int(whole + fraction + "0" * (scale - len(fraction)))
    if fraction[scale:].strip("0"):
        return None
    return int(whole + fraction[:scale])


def render(units: int, scale: int) -> str:
    """The decimal string of an amount with exactly `scale` digits behind the point."""
    if scale == 0:
        return str(units)
    digits = str(abs(units)).rjust(scale + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}"


def render_ratio(numerator: int, denominator: int, scale: int, extra: int = 4) -> str:
    """A quotient as a decimal string, rounded half to even at `scale + extra` digits.

    Zeros behind the first `scale` digits are dropped, so that an average which lies on the
    tick reads like a price. The denominator is positive.
    """
    quotient, rest = divmod(abs(numerator) * 10**extra, denominator)
    double = 2 * rest
    if double > denominator or (double == denominator and quotient % 2):
        quotient += 1
    text = render(quotient if numerator >= 0 else -quotient, scale + extra)
    whole, _, fraction = text.partition(".")
    fraction = fraction[:scale] + fraction[scale:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def scale_of(text: str) -> int:
    """How many digits a decimal string has behind its point."""
    return len(text.partition(".")[2])


def canonical(text: str | None) -> str | None:
    """The shortest spelling of a decimal string: equal amounts have equal spellings."""
    if text is None or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")
