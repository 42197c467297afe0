"""JSON with exact numbers, and scalars as parameters spell them."""

from __future__ import annotations

from decimal import Decimal

import orjson

from wireproof.source.node import Json


def dumps(value: Json, *, indent: bool = False) -> str:
    """JSON text; a Decimal keeps its digits and gets no exponent."""
    option = orjson.OPT_INDENT_2 if indent else 0
    try:
        return orjson.dumps(value, default=_exact, option=option).decode()
    except TypeError:  # an integer of more than 64 bits
        return orjson.dumps(_spread(value), default=_exact, option=option).decode()


def spelled(value: Json) -> str:
    """A scalar as the text of a parameter; what is nested in one travels as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else dumps(value)


def _spread(value: Json) -> Json:
    """The value with integers as Decimals, which have no largest."""
    match value:
        case dict():
            return {name: _spread(member) for name, member in value.items()}
        case list():
            return [_spread(item) for item in value]
        case bool():
            return value
        case int():
            return Decimal(value)
        case _:
            return value


def _exact(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    return str(value)
