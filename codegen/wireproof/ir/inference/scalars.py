"""Scalars: JSON type, format and content keywords to `Scalar`."""

from __future__ import annotations

from wireproof.ir.inference.facts import Facts
from wireproof.ir.schema import JsonType, Schema
from wireproof.ir.types import Scalar

_STRING_FORMATS = {
    "date": Scalar.DATE,
    "date-time": Scalar.INSTANT,
    "decimal": Scalar.DECIMAL,
    "duration": Scalar.DURATION,
    "int64": Scalar.INT64_STRING,
    "time": Scalar.TIME,
    "uint64": Scalar.INT64_STRING,
    "uri": Scalar.URI,
    "url": Scalar.URI,
    "uuid": Scalar.UUID,
}
_WIDE = frozenset({"int64", "uint64", "long"})
_NARROW = frozenset({"int8", "int16", "int32", "uint8", "uint16", "uint32", "integer", "int"})
_BASE64 = frozenset({"base64", "base64url"})


def scalar(kind: JsonType, facts: Facts) -> Scalar:
    """The scalar for one JSON type that is neither array nor object."""
    match kind:
        case "string":
            return _string(facts)
        case "integer":
            wide = facts.format in _WIDE or (facts.format is None and facts.magnitude)
            return Scalar.INT64 if wide else Scalar.INTEGER
        case "number":
            return _number(facts.format)
        case "boolean":
            return Scalar.BOOLEAN
        case _:
            return Scalar.NULL


def _string(facts: Facts) -> Scalar:
    if facts.content_encoding is not None:
        return Scalar.BYTES if facts.content_encoding.lower() in _BASE64 else Scalar.STRING
    if facts.content_media_type is not None:
        return Scalar.BINARY if _is_octets(facts.content_media_type) else Scalar.STRING
    return _STRING_FORMATS.get(facts.format or "", Scalar.STRING)


def _is_octets(media_type: str) -> bool:
    kind, _, subtype = media_type.partition(";")[0].strip().lower().partition("/")
    if kind == "application":
        return not subtype.endswith(("json", "xml", "yaml", "javascript", "graphql", "jwt"))
    return kind in {"image", "audio", "video", "font", "model"} and subtype != "svg+xml"


def _number(format_: str | None) -> Scalar:
    if format_ == "decimal":
        return Scalar.DECIMAL_NUMBER
    if format_ in _WIDE:
        return Scalar.INT64
    return Scalar.INTEGER if format_ in _NARROW else Scalar.FLOAT


def implied_kinds(facts: Facts) -> tuple[JsonType, ...]:
    """The JSON type that keywords imply where no `type` is stated; nothing where none do."""
    if facts.properties or facts.required or facts.additional is not None or facts.patterns:
        return ("object",)
    if facts.items is not None or facts.prefix_items:
        return ("array",)
    if facts.format in _STRING_FORMATS or facts.content_encoding or facts.content_media_type:
        return ("integer",) if facts.format in _WIDE else ("string",)
    if facts.format in _NARROW:
        return ("integer",)
    if facts.format in {"float", "double"}:
        return ("number",)
    return _implied_by_bounds(tuple(facts.chain.values()))


def _implied_by_bounds(chain: tuple[Schema, ...]) -> tuple[JsonType, ...]:
    for schema in chain:
        if schema.pattern is not None or schema.max_length is not None or schema.min_length:
            return ("string",)
        bounds = (schema.minimum, schema.maximum, schema.multiple_of)
        if any(bound is not None for bound in bounds):
            return ("number",)
    return ()
