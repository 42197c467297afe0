"""Parameters are text on the wire: what that adds to a verdict about JSON values.

A query string carries `7` and not a number or a string; who reads it decides which. So a witness
counts only if the receiver refuses its text however it may read it. `integer` to `string` is the
classic: JSON says that it breaks, the wire says that nothing changed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from wireproof.compat.subsume.atoms import (
    Among,
    Match,
    Opaque,
)
from wireproof.compat.subsume.formula import (
    Formula,
    conjunction,
    disjunction,
)
from wireproof.compat.subsume.values import Kind, distinct, kind_of
from wireproof.ir.schema import JsonType, Schema
from wireproof.source.node import Json

_INTEGER_TEXT = r"^-?(?:0|[1-9]\d*)$"
_NUMBER_TEXT = r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$"
MIXED = "whether one reading of a parameter's text meets all that is said of it is not decided"
OTHERWISE = "whether a parameter's text may be read otherwise is not decided"
TEXT = "text"
"""The name of a choice between a value as it is and the readings of its text."""
_COMPOUND = frozenset({"array", "object"})
_ON_STRINGS = ("min_length", "max_length", "pattern", "format", "content_encoding")
_ON_NUMBERS = (
    "minimum",
    "maximum",
    "exclusive_minimum",
    "exclusive_maximum",
    "multiple_of",
    "format",
)
_ON_ARRAYS = ("items", "prefix_items", "min_items", "max_items")
_ON_OBJECTS = (
    "properties",
    "required",
    "additional_properties",
    "property_names",
    "min_properties",
    "max_properties",
    "dependent_required",
)
_NOTHING: tuple[object, ...] = (None, (), {})
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}


def spelled(value: Json) -> str:
    """A scalar as it stands in a URL or a header."""
    if isinstance(value, str):
        return value
    for word, meaning in _WORDS.items():
        if value is meaning:
            return word
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def readings(value: Json) -> list[Json]:
    """Everything that the text of a value may be read as, the value itself first.

    An array or an object has the readings of its parts, taken together: all as they are, all as
    strings, or all as what they look like.
    """
    match kind_of(value):
        case "array":
            return [value, *([way(item) for item in value] for way in (spelled_deeply, looked_at))]
        case "object":
            ways = (spelled_deeply, looked_at)
            return [value, *({name: way(value[name]) for name in value} for way in ways)]
        case _:
            text = spelled(value)
            return [value, text, looked_at(text)]


def spelled_deeply(value: Json) -> Json:
    """Scalars as strings, arrays and objects as they are."""
    return value if isinstance(value, list | dict) else spelled(value)


def looked_at(value: Json) -> Json:
    """A string as the number, boolean or null that it spells; anything else as it is."""
    if not isinstance(value, str):
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _NUMBER.fullmatch(value):
        return Decimal(value) if "." in value else int(value)
    return value


def listed(schema: Schema) -> tuple[Json, ...]:
    """Listed values of the right type, and what their texts may be taken for."""
    values = tuple(value for value in schema.enum or () if _fits(value, schema.types))
    scalars = [value for value in values if not isinstance(value, list | dict)]
    texts = [spelled(value) for value in scalars]
    return tuple(distinct([*values, *texts, *(looked_at(text) for text in texts)]))


def _fits(value: Json, types: frozenset[JsonType] | None) -> bool:
    kind = kind_of(value)
    if types is None or kind in types or (kind == "number" and "integer" in types):
        return True
    # YAML reads `1` as a number
    return types - {"null"} == {"string"} and kind not in _COMPOUND


def textual(schema: Schema, by: int, kind: Kind) -> Formula:
    """What text a receiver's `type` takes beside values of that very type."""
    types = schema.types or frozenset()
    if schema.enum is not None:
        return True  # `enum` decides, with all readings of its values
    if kind != "string":
        return "string" in types and _unless_limited(schema, by, _ON_STRINGS)
    options: list[Formula] = []
    if "boolean" in types:
        options.append(Among(by, "type", ("true", "false"), wanted=True))
    if "null" in types:
        options.append(Among(by, "type", ("null",), wanted=True))
    if types & {"integer", "number"}:
        pattern = _NUMBER_TEXT if "number" in types else _INTEGER_TEXT
        options.append(
            _unless_limited(schema, by, _ON_NUMBERS)
            if _limits(schema, _ON_NUMBERS)
            else Match(by, "type", pattern, wanted=True)
        )
    return disjunction(options)


def read_otherwise(schema: Schema, types: frozenset[str] | None, by: int, kind: Kind) -> Formula:
    """What a schema may take although it refuses a value of a type that it admits: not decided.

    `types` are those that it admits, with all that must hold as well; None: any.
    """
    limited = schema.enum is None and bool(_limits(schema, (*_ON_STRINGS, *_ON_NUMBERS)))
    chosen = types is not None and len(types - _COMPOUND) > 1
    otherwise = kind not in _COMPOUND and (chosen or (limited and types is None))
    if not (schema.not_ or schema.if_ or otherwise):
        return False
    opaque = Opaque(by, "type", f"otherwise@{by}", OTHERWISE, wanted=True)
    if kind != "string":
        return opaque
    words = Among(by, "type", tuple(_WORDS), wanted=True)
    alike = disjunction((words, Match(by, "type", _NUMBER_TEXT, wanted=True)))
    return conjunction((alike, opaque))


def says_several(schema: Schema, kind: Kind) -> bool:
    """Whether more than one thing is said of a value, each of which may read its text otherwise."""
    single = (schema.ref, schema.not_, schema.if_, schema.then, schema.else_)
    stated = sum(each is not None for each in single) + len(schema.all_of)
    stated += bool(schema.any_of) + bool(schema.one_of)
    match kind:
        case "array":
            own = schema.contains is not None or schema.unevaluated_items is not None
            several = own or schema.unique_items
        case "object":
            several = bool(schema.pattern_properties or schema.dependent_schemas)
            several = several or schema.unevaluated_properties is not None
        case _:
            limited = bool(_limits(schema, (*_ON_STRINGS, *_ON_NUMBERS)))
            several = limited and schema.enum is not None
    return several or stated + _says_something(schema) > 1


def _says_something(schema: Schema) -> bool:
    """Whether a schema demands something by keywords of its own, as far as it may matter here."""
    stated = schema.types is not None or schema.enum is not None or bool(schema.unmodelled)
    names = (*_ON_STRINGS, *_ON_NUMBERS, *_ON_ARRAYS, *_ON_OBJECTS)
    return stated or any(getattr(schema, name) not in _NOTHING for name in names)


def _limits(schema: Schema, fields: tuple[str, ...]) -> list[str]:
    return [field for field in fields if getattr(schema, field) is not None]


def _unless_limited(schema: Schema, by: int, fields: tuple[str, ...]) -> Formula:
    """Every text, unless keywords limit it: those are not carried over to the other type."""
    limits = _limits(schema, fields)
    if not limits:
        return True
    reason = f"{' and '.join(limits)} of a parameter whose type changes is not decided"
    return Opaque(by, "type", f"text of {schema.id}", reason, wanted=True)
