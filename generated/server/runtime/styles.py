"""Styles: how OpenAPI lays a parameter's value out as text (Parameter Object, RFC 6570).

`reader` compiles a function that takes a parameter out of a request as JSON data. Text that
cannot be read as the declared kind stays text, so that validation says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from .context import Context
from .percent import decode, decode_query
from .plan import Kind, ParameterPlan, Shape
from .problem import Detail, malformed, pointer

MISSING: Final = object()
"""What a reader returns for a parameter that was not sent."""

Reader = Callable[[Context], Any]
Decoder = Callable[[str], str]
Scalar = Callable[[str], Any]

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,99})", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,99})(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DELIMITERS = {"form": ",", "simple": ",", "spaceDelimited": "%20", "pipeDelimited": "|"}


def reader(plan: ParameterPlan, names: tuple[str, ...] = ()) -> Reader:
    """A function that reads one parameter of a request.

    It returns JSON data, or `MISSING`. It raises Problem 400 for broken encodings and for a
    single value that was sent twice.

    Args:
        plan: The parameter.
        names: Names in the path template, in order.
    """
    match plan.location:
        case "path":
            return _path_reader(plan, names.index(plan.name))
        case "query":
            return _query_reader(plan)
        case "header":
            return _header_reader(plan)
        case "cookie":
            return _cookie_reader(plan)
        case "querystring":
            return lambda context: (
                decode_query(context.scope["query_string"].decode("latin-1"))
                if context.scope["query_string"]
                else MISSING
            )


def scalar(shape: Shape) -> Scalar | None:
    """What reads a text as one of a shape's kinds; None where every text stays as it is."""
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


def _value(shape: Shape, decoder: Decoder) -> Callable[[str], Any]:
    """Decode one encoded text and read it as a scalar."""
    read = scalar(shape)
    if read is None:
        return decoder
    convert = read
    return lambda text: convert(decoder(text))


def _elements(shape: Shape, decoder: Decoder, delimiter: str) -> Callable[[str], list[Any]]:
    """Read delimited text as an array."""
    element = _value(shape.items or Shape(), decoder)

    def read(text: str) -> list[Any]:
        if delimiter == "%20":  # the delimiter itself travels encoded
            text = text.replace("+", "%20")
        elif delimiter == "|":
            text = text.replace("%7C", "|").replace("%7c", "|")
        return [element(part) for part in text.split(delimiter)] if text else []

    return read


def _members(
    shape: Shape, decoder: Decoder, delimiter: str, *, explode: bool, place: str
) -> Callable[[str], dict[str, Any]]:
    """Read delimited text as an object: `a=1,b=2` exploded, `a,1,b,2` otherwise."""
    readers = {name: _value(member, decoder) for name, member in (shape.members or {}).items()}
    fallback = _value(shape.items or Shape(), decoder)

    def read(text: str) -> dict[str, Any]:
        parts = text.split(delimiter) if text else []
        if explode:
            pairs = [tuple(part.partition("=")[::2]) for part in parts]
        elif len(parts) % 2:
            raise malformed(Detail(place, "object", "names and values do not pair up"))
        else:
            pairs = list(zip(parts[::2], parts[1::2], strict=True))
        found: dict[str, Any] = {}
        for name, value in pairs:
            key = decoder(name)
            if key in found:
                raise malformed(Detail(place, "duplicate", f"the member {key} is repeated"))
            found[key] = readers.get(key, fallback)(value)
        return found

    return read


def _text_reader(
    plan: ParameterPlan, decoder: Decoder, delimiter: str, *, explode: bool
) -> Callable[[str], Any]:
    """What reads a parameter that stands in one text."""
    shape = plan.shape
    if plan.json:
        return decoder
    if shape.members is not None:
        place = pointer(plan.location, plan.name)
        return _members(shape, decoder, delimiter, explode=explode, place=place)
    if shape.items is not None:
        return _elements(shape, decoder, delimiter)
    return _value(shape, decoder)


def _path_reader(plan: ParameterPlan, index: int) -> Reader:
    name = plan.name

    def decoder(text: str) -> str:
        return decode(text, "path", name)

    prefix, delimiter = {
        "label": (".", "." if plan.explode else ","),
        "matrix": (f";{name}=", ","),
    }.get(plan.style, ("", ","))
    read = _text_reader(plan, decoder, delimiter, explode=plan.explode)
    if plan.style == "matrix" and plan.explode and (plan.shape.items or plan.shape.members):
        read = _matrix_reader(plan, decoder)
        prefix = ";"
    place = pointer("path", name)

    def read_path(context: Context) -> object:
        text = context.path_values[index]
        if prefix:
            if not text.startswith(prefix):
                raise malformed(Detail(place, "style", f"does not begin with {prefix}"))
            text = text[len(prefix) :]
        return read(text)

    return read_path


def _matrix_reader(plan: ParameterPlan, decoder: Decoder) -> Callable[[str], Any]:
    """`;a=1;a=2` as an array, `;x=1;y=2` as an object."""
    if plan.shape.members is not None:
        place = pointer("path", plan.name)
        return _members(plan.shape, decoder, ";", explode=True, place=place)
    element = _value(plan.shape.items or Shape(), decoder)
    return lambda text: [element(part.partition("=")[2]) for part in text.split(";")]


def _query_reader(plan: ParameterPlan) -> Reader:
    name = plan.name

    def decoder(text: str) -> str:
        return decode_query(text, name) if "%" in text or "+" in text else text

    if plan.style == "deepObject":
        return _deep_reader(plan, decoder)
    shape = plan.shape
    if plan.explode and plan.style == "form" and not plan.json:
        if shape.members is not None:
            return _spread_reader(plan, decoder)
        if shape.items is not None:
            return _repeated_reader(plan, decoder)
    elif plan.explode and shape.items is not None and not plan.json:
        return _repeated_reader(plan, decoder)
    read = _text_reader(plan, decoder, _DELIMITERS.get(plan.style, ","), explode=False)
    place = pointer("query", name)

    def read_query(context: Context) -> object:
        values = context.query.get(name)
        if values is None:
            return MISSING
        if len(values) != 1:
            raise malformed(Detail(place, "duplicate", "this parameter was sent more than once"))
        return read(values[0])

    return read_query


def _repeated_reader(plan: ParameterPlan, decoder: Decoder) -> Reader:
    """`a=1&a=2`."""
    element = _value(plan.shape.items or Shape(), decoder)
    name = plan.name

    def read(context: Context) -> object:
        values = context.query.get(name)
        return MISSING if values is None else [element(value) for value in values]

    return read


def _spread_reader(plan: ParameterPlan, decoder: Decoder) -> Reader:
    """An exploded form object: its members are query parameters of their own."""
    readers = {name: _value(shape, decoder) for name, shape in (plan.shape.members or {}).items()}

    def read(context: Context) -> object:
        found = {
            name: _single("query", name, values, readers[name])
            for name, values in context.query.items()
            if name in readers
        }
        return found or MISSING

    return read


def _deep_reader(plan: ParameterPlan, decoder: Decoder) -> Reader:
    """`filter[status]=open&filter[tags]=a&filter[tags]=b`."""
    shapes = plan.shape.members or {}
    prefix = f"{plan.name}["

    def read(context: Context) -> object:
        found: dict[str, Any] = {}
        for name, values in context.query.items():
            if not name.startswith(prefix) or not name.endswith("]"):
                continue
            member = name[len(prefix) : -1].removesuffix("][").removesuffix("[]")
            shape = shapes.get(member, Shape())
            if shape.items is not None:
                element = _value(shape.items, decoder)
                found[member] = [element(value) for value in values]
            else:
                found[member] = _single("query", name, values, _value(shape, decoder))
        return found or MISSING

    return read


def _single(location: str, name: str, values: list[str], read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - JSON data
    if len(values) != 1:
        place = pointer(location, name)
        raise malformed(Detail(place, "duplicate", "this parameter was sent more than once"))
    return read(values[0])


def _header_reader(plan: ParameterPlan) -> Reader:
    key = plan.name.lower().encode("latin-1")
    name = plan.name
    scalar_only = plan.shape.items is None and plan.shape.members is None
    read = _text_reader(plan, str.strip, ",", explode=plan.explode)

    def read_header(context: Context) -> object:
        if key not in context.fields:
            return MISSING
        if scalar_only:
            return read(context.header(name) or "")
        return read(",".join(context.header_values(name)))  # RFC 9110 5.2

    return read_header


def _cookie_reader(plan: ParameterPlan) -> Reader:
    name = plan.name

    def decoder(text: str) -> str:
        return decode(text, "cookie", name)

    read = _text_reader(plan, decoder, ",", explode=False)

    def read_cookie(context: Context) -> object:
        found = [
            value.strip()
            for pair in context.header_values("cookie")
            for part in pair.split(";")
            for key, _, value in [part.partition("=")]
            if key.strip() == name
        ]
        return _single("cookie", name, found, read) if found else MISSING

    return read_cookie
