"""JSON values as mathematics: exact numbers, JSON equality, one canonical key per value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from wireproof.source.node import Json

Kind = Literal["null", "boolean", "number", "string", "array", "object"]
"""The six types of JSON values; `integer` is a constraint on numbers, not a type of its own."""

KINDS: tuple[Kind, ...] = ("null", "boolean", "number", "string", "array", "object")

MAX_PLAIN_EXPONENT = 4_000
"""Numbers beyond 10^±4000 are left alone: expanding `1e999999999` would be a trap."""


class UnreadableNumber(ValueError):  # noqa: N818 - says what the number is
    """A number too extreme to be worked with exactly, or not finite."""


def kind_of(value: Json) -> Kind:
    """The JSON type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float() | Decimal() | Fraction():
            return "number"
        case str():
            return "string"
        case list() | tuple():
            return "array"
        case _:
            return "object"


def exact(value: Json) -> Fraction:
    """The number as it was written: a float counts as its shortest decimal spelling.

    Raises:
        UnreadableNumber: for NaN, infinities and absurd exponents.
    """
    if isinstance(value, int | Fraction):
        return Fraction(value)
    decimal = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not decimal.is_finite() or abs(decimal.adjusted()) > MAX_PLAIN_EXPONENT:
        raise UnreadableNumber(str(value))
    return Fraction(decimal)


def plain(number: Fraction) -> int | Decimal:
    """The number as a JSON value: an int where it is whole, an exact Decimal otherwise.

    Raises:
        UnreadableNumber: where the number has no finite decimal expansion.
    """
    if number.denominator == 1:
        return number.numerator
    rest, digits = number.denominator, 0
    while rest % 10 == 0:
        rest, digits = rest // 10, digits + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, digits = rest // prime, digits + 1
    if rest != 1:
        raise UnreadableNumber(str(number))
    scaled = number * 10**digits
    text = f"{abs(scaled.numerator):0{digits + 1}d}"
    sign = "-" if number < 0 else ""
    return Decimal(f"{sign}{text[:-digits]}.{text[-digits:].rstrip('0')}")


def freeze(value: Json) -> Hashable:  # noqa: PLR0911 - one answer a type
    """A key that two values share exactly when JSON Schema calls them equal (1 is 1.0)."""
    match kind_of(value):
        case "null":
            return ("null",)
        case "boolean":
            return ("boolean", bool(value))
        case "number":
            try:
                return ("number", exact(value))
            except UnreadableNumber:
                return ("unreadable", str(value))
        case "string":
            return ("string", value)
        case "array":
            return ("array", tuple(freeze(item) for item in value))
        case "object":
            return ("object", frozenset((name, freeze(item)) for name, item in value.items()))


def distinct(values: Iterable[Json]) -> list[Json]:
    """The values without repeats (in the sense of JSON equality), in their order."""
    return list({freeze(value): value for value in reversed(list(values))}.values())[::-1]


def depth_of(value: Json, limit: int) -> int:
    """How deeply arrays and objects nest, counted up to `limit`; a scalar has depth 0."""
    layer: list[Json] = [value]
    for depth in range(limit):
        inner: list[Json] = []
        for item in layer:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        if not any(isinstance(item, dict | list) for item in layer):
            return depth
        layer = inner
    return limit
