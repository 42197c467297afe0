"""How each argument is put on the wire: the expression that serialises it."""

from __future__ import annotations

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import literal
from wireproof.ir.contract import Parameter
from wireproof.ir.types import (
    EnumDecl,
    ListType,
    LiteralType,
    NullableType,
    Scalar,
    ScalarType,
    Type,
)


def scalar(spelling: Spelling, type_: Type, *, nullable: bool = False) -> bool:
    """Whether every value of the type is one string, number or boolean."""
    kind = spelling.resolve(type_)
    if isinstance(kind, NullableType):
        return nullable and scalar(spelling, kind.inner)
    if isinstance(kind, ScalarType):
        return kind.scalar is not Scalar.NULL
    return (isinstance(kind, EnumDecl) and bool(kind.members)) or (
        isinstance(kind, LiteralType) and kind.value is not None
    )


def scalars(spelling: Spelling, type_: Type) -> bool:
    """Whether every value is a scalar, null, or a list of scalars."""
    kind = spelling.resolve(type_)
    if isinstance(kind, NullableType):
        return scalars(spelling, kind.inner)
    if isinstance(kind, ListType):
        return scalar(spelling, kind.item, nullable=True)
    return scalar(spelling, type_, nullable=True)


def query(spelling: Spelling, parameter: Parameter, value: str, imports: Imports) -> str:
    """The value of one entry of the plan's `query`."""

    def call(helper: str, *more: str) -> str:
        return f"{imports.runtime(helper)}({', '.join((value, *more))})"

    plain = scalars(spelling, parameter.type)
    if parameter.media_type is not None:
        return call("jsonParameter")
    if parameter.style == "deepObject":
        return call("deepObject")
    if parameter.allow_reserved:
        return call("reserved")
    if parameter.explode or scalar(spelling, parameter.type, nullable=True):
        return value if plain else call("form", "true")
    separators = {"spaceDelimited": '"%20"', "pipeDelimited": '"%7C"'}
    return call("delimited", separators.get(parameter.style, '","'))


def path(spelling: Spelling, parameter: Parameter, value: str, imports: Imports) -> str:
    """The expression inside the path's template literal."""
    if parameter.media_type is not None:
        return f"{imports.runtime('segment')}(JSON.stringify({value}))"
    if parameter.style in ("label", "matrix") or not scalar(spelling, parameter.type):
        style = parameter.style if parameter.style in ("label", "matrix") else "simple"
        explode = str(parameter.explode).lower()
        call = imports.runtime("pathStyle")
        return f"{call}({literal(style)}, {literal(parameter.name)}, {value}, {explode})"
    return f"{imports.runtime('segment')}({value})"


def header(spelling: Spelling, parameter: Parameter, value: str, imports: Imports) -> str:
    """The value of one entry of the plan's `headers`."""
    if parameter.media_type is not None:
        return f"JSON.stringify({value})"
    if scalars(spelling, parameter.type):
        return value
    return f"{imports.runtime('headerStyle')}({value}, {str(parameter.explode).lower()})"


def cookie(spelling: Spelling, parameter: Parameter, value: str, imports: Imports) -> str:
    """The value of one entry of the plan's `cookies`."""
    if scalar(spelling, parameter.type, nullable=True):
        return value
    return f"{imports.runtime('headerStyle')}({value}, false)"
