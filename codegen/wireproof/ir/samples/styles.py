"""Styles: a value as the text of a parameter (OpenAPI 3.1, Style Values; RFC 6570)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

from wireproof.ir.contract import Location, Parameter
from wireproof.ir.media import is_form
from wireproof.source.node import Json

_RESERVED = ":/?@!$'()*,;"  # &, #, + and = would end or change a pair
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "|"}
_PREFIXES = {"label": ".", "matrix": ";"}


def path_text(parameter: Parameter, value: Json) -> str:
    """What stands in the place of `{name}` in the path template."""
    if parameter.media_type:
        return _escaped(_data(value))
    prefix = _PREFIXES.get(parameter.style, "")
    if parameter.style == "matrix":
        return "".join(f";{pair}" for pair in _pairs(parameter, value))
    between = prefix if prefix and parameter.explode else ","
    return prefix + between.join(_pieces(parameter, value))


def query_text(parameter: Parameter, value: Json) -> str:
    """`name=value` pairs joined by `&`; "" where an empty list or object has nothing to say."""
    if parameter.location is Location.QUERYSTRING:
        if isinstance(value, dict) and is_form(parameter.media_type or ""):
            pairs = ((name, item) for name, member in value.items() for item in _listed(member))
            return "&".join(f"{_escaped(name)}={_escaped(_data(item))}" for name, item in pairs)
        return _escaped(_data(value))
    name = quote(parameter.name, safe="")
    if parameter.media_type:
        return f"{name}={_escaped(_data(value))}"
    if parameter.style == "deepObject" and isinstance(value, dict | list):
        return "&".join(_deep(name, value))
    return "&".join(_pairs(parameter, value))


def header_text(parameter: Parameter, value: Json) -> str:
    """The field's value; nothing is percent-encoded in a header."""
    if parameter.media_type:
        return _data(value)
    return ",".join(_plain_pieces(value, explode=parameter.explode))


def cookie_text(parameter: Parameter, value: Json) -> str:
    """`name=value`, as one pair of the Cookie field."""
    if parameter.media_type:
        return f"{parameter.name}={_escaped(_data(value))}"
    return "; ".join(_pairs(parameter, value))


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def spelled(value: Json) -> str:
    """A scalar as text, exact and without an exponent; other values as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal | float):
        return format(Decimal(str(value)), "f")
    return "" if value is None else _data(value)


def _pairs(parameter: Parameter, value: Json) -> Iterator[str]:
    """The pairs of the styles that name their value: form, matrix and the delimited ones."""
    name = quote(parameter.name, safe="")
    if parameter.explode and isinstance(value, list):
        yield from (f"{name}={_text(parameter, item)}" for item in value)
    elif parameter.explode and isinstance(value, dict):
        yield from (f"{quote(k, safe='')}={_text(parameter, v)}" for k, v in value.items())
    elif not isinstance(value, list | dict) or value:
        delimiter = _DELIMITERS.get(parameter.style, ",")
        yield f"{name}={delimiter.join(_pieces(parameter, value))}"


def _pieces(parameter: Parameter, value: Json) -> Iterator[str]:
    if isinstance(value, list):
        yield from (_text(parameter, item) for item in value)
    elif isinstance(value, dict):
        for key, member in value.items():
            name, text = quote(key, safe=""), _text(parameter, member)
            if parameter.explode:
                yield f"{name}={text}"
            else:
                yield name
                yield text
    else:
        yield _text(parameter, value)


def _plain_pieces(value: Json, *, explode: bool) -> Iterator[str]:
    if isinstance(value, list):
        yield from map(spelled, value)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from [f"{key}={spelled(member)}"] if explode else [key, spelled(member)]
    else:
        yield spelled(value)


def _deep(name: str, value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _deep(f"{name}[{quote(key, safe='')}]", member)
    elif isinstance(value, list):
        structured = any(isinstance(item, dict | list) for item in value)
        for index, item in enumerate(value):
            yield from _deep(f"{name}[{index if structured else ''}]", item)
    elif value is not None:
        yield f"{name}={_escaped(spelled(value))}"


def _text(parameter: Parameter, value: Json) -> str:
    return _escaped(spelled(value), _RESERVED if parameter.allow_reserved else "")


def _escaped(text: str, safe: str = "") -> str:
    return quote(text.encode("utf-8", "replace"), safe=safe)


def _data(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=spelled)
