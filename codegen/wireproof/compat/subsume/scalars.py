"""What the keywords of a schema demand of numbers and of strings."""

from __future__ import annotations

from fractions import Fraction

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.atoms import AtLeast, AtMost, Formatted, Match, Multiple, Opaque, Size
from wireproof.compat.subsume.formula import Formula
from wireproof.ir.schema import Schema


def of_number(schema: Schema, by: int) -> list[Formula]:
    """What the keywords of a schema demand of a number."""
    parts: list[Formula] = []
    if schema.minimum is not None:
        parts.append(AtLeast(by, "minimum", Fraction(schema.minimum), strict=False))
    if schema.maximum is not None:
        parts.append(AtMost(by, "maximum", Fraction(schema.maximum), strict=False))
    if schema.exclusive_minimum is not None:
        limit = Fraction(schema.exclusive_minimum)
        parts.append(AtLeast(by, "exclusiveMinimum", limit, strict=True))
    if schema.exclusive_maximum is not None:
        limit = Fraction(schema.exclusive_maximum)
        parts.append(AtMost(by, "exclusiveMaximum", limit, strict=True))
    if schema.multiple_of:
        parts.append(Multiple(by, "multipleOf", abs(Fraction(schema.multiple_of)), wanted=True))
    if schema.format in formats.RANGES:
        low, high = formats.RANGES[schema.format]
        parts.append(AtLeast(by, "format", Fraction(low), strict=False))
        parts.append(AtMost(by, "format", Fraction(high), strict=False))
    elif schema.format is not None and _tells(schema, schema.format):
        parts.append(Formatted(by, "format", schema.format, wanted=True))
    return parts


def _tells(schema: Schema, name: str) -> bool:
    """Whether an unknown format says more than the schema; listed values are of theirs."""
    return formats.is_unknown(name) and schema.enum is None


def of_string(schema: Schema, by: int) -> list[Formula]:
    """What the keywords of a schema demand of a string."""
    parts = sizes(by, "Length", schema.min_length, schema.max_length)
    if schema.pattern is not None:
        parts.append(Match(by, "pattern", schema.pattern, wanted=True))
    if schema.format is not None and (
        formats.is_text(schema.format) or _tells(schema, schema.format)
    ):
        parts.append(Formatted(by, "format", schema.format, wanted=True))
    if schema.content_encoding == "base64":
        parts.append(Formatted(by, "contentEncoding", "byte", wanted=True))
    elif schema.content_encoding is not None:
        reason = f"contentEncoding '{schema.content_encoding}' is not decided"
        key = f"contentEncoding={schema.content_encoding}"
        parts.append(Opaque(by, "contentEncoding", key, reason, wanted=True))
    return parts


def sizes(by: int, what: str, low: int | None, high: int | None) -> list[Formula]:
    """`minX` and `maxX` as separate demands, so that each can be blamed."""
    parts: list[Formula] = []
    if low:
        parts.append(Size(by, f"min{what}", low, None))
    if high is not None:
        parts.append(Size(by, f"max{what}", 0, high))
    return parts
