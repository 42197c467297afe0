"""Locations: a parameter taken out of the path, the query, a header field or a cookie.

`reader` compiles a function that takes a parameter out of a request as JSON data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .brackets import read_brackets
from .context import Context
from .percent import decode, decode_query
from .plan import ParameterPlan, Shape
from .problem import Detail, malformed, pointer
from .scalars import MISSING
from .styles import Decoder, object_reader, text_reader, value_reader

Reader = Callable[[Context], Any]

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
        case "querystring" if plan.shape.members is not None:
            return _form_reader(plan.shape.members)
        case "querystring":
            return lambda context: (
                decode_query(context.scope["query_string"].decode("latin-1"))
                if context.scope["query_string"]
                else MISSING
            )


def _path_reader(plan: ParameterPlan, index: int) -> Reader:
    name = plan.name

    def decoder(text: str) -> str:
        return decode(text, "path", name)

    prefix, delimiter = {
        "label": (".", "." if plan.explode else ","),
        "matrix": (f";{name}=", ","),
    }.get(plan.style, ("", ","))
    read = text_reader(plan, decoder, delimiter, explode=plan.explode)
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
        return object_reader(plan.shape, decoder, ";", explode=True, place=place)
    element = value_reader(plan.shape.items or Shape(), decoder)
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
    read = text_reader(plan, decoder, _DELIMITERS.get(plan.style, ","), explode=False)
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
    element = value_reader(plan.shape.items or Shape(), decoder)
    name = plan.name

    def read(context: Context) -> object:
        values = context.query.get(name)
        return MISSING if values is None else [element(value) for value in values]

    return read


def _spread_reader(plan: ParameterPlan, decoder: Decoder) -> Reader:
    """An exploded form object: its members are query parameters of their own."""
    readers = {
        name: value_reader(shape, decoder) for name, shape in (plan.shape.members or {}).items()
    }

    def read(context: Context) -> object:
        found = {
            name: _single("query", name, values, readers[name])
            for name, values in context.query.items()
            if name in readers
        }
        return found or MISSING

    return read


def _form_reader(shapes: Mapping[str, Shape]) -> Reader:
    """The whole query as one form (OpenAPI 3.2, `in: querystring`)."""

    def read(context: Context) -> object:
        found: dict[str, Any] = {}
        for name, values in context.query.items():
            shape = shapes.get(name, Shape())
            if shape.items is not None:
                element = value_reader(shape.items, decode_query)
                found[name] = [element(value) for value in values]
            else:
                found[name] = _single("query", name, values, value_reader(shape, decode_query))
        return found or MISSING

    return read


def _deep_reader(plan: ParameterPlan, decoder: Decoder) -> Reader:
    """`filter[status]=open&filter[tags][]=a&filter[tags][]=b`."""
    name, shape, place = plan.name, plan.shape, pointer("query", plan.name)
    return lambda context: read_brackets(name, context.query, shape, decoder, place)


def _single(location: str, name: str, values: list[str], read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - JSON data
    if len(values) != 1:
        place = pointer(location, name)
        raise malformed(Detail(place, "duplicate", "this parameter was sent more than once"))
    return read(values[0])


def _header_reader(plan: ParameterPlan) -> Reader:
    key = plan.name.lower().encode("latin-1")
    name = plan.name
    scalar_only = plan.shape.items is None and plan.shape.members is None
    read = text_reader(plan, str.strip, ",", explode=plan.explode)

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

    read = text_reader(plan, decoder, ",", explode=False)

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
