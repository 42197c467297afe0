"""Parameters: what both the handlers' signatures and the runtime's plans say of them."""

from __future__ import annotations

from wireproof.emit.python.text import literal
from wireproof.ir.contract import Location, Parameter
from wireproof.ir.media import is_form
from wireproof.ir.types import NullableType, Scalar, ScalarType


def in_path(parameter: Parameter) -> bool:
    """Whether the path holds the parameter, which is then always required."""
    return parameter.location is Location.PATH


def as_written(parameter: Parameter) -> bool:
    """Whether its text is read by its shape: by a style, or as a form that is the whole query."""
    kind = parameter.media_type
    return not kind or (parameter.location is Location.QUERYSTRING and is_form(kind))


def default_source(parameter: Parameter) -> str | None:
    """A parameter's default as an expression; None where it has none that fits its type."""
    if not parameter.has_default or parameter.required or in_path(parameter):
        return None
    type_ = parameter.type.inner if isinstance(parameter.type, NullableType) else parameter.type
    value = parameter.default
    if value is None:
        return None
    if isinstance(type_, ScalarType):
        wanted = {
            Scalar.BOOLEAN: (bool,),
            Scalar.INTEGER: (int,),
            Scalar.INT64: (int,),
            Scalar.FLOAT: (int, float),
        }.get(type_.scalar, (str,))
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            return None
    return literal(value) if isinstance(value, str | int | float) else None
