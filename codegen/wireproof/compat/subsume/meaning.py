"""What a schema of scalars means: a key that is equal for schemas that admit the same values.

Most schemas of a contract are a type and a few bounds, at thousands of places. Solved by meaning,
the questions about them are a handful.
"""

from __future__ import annotations

from collections.abc import Hashable

from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.values import freeze
from wireproof.ir.schema import Schema

Meaning = Hashable
"""Equal keys: the same values, to the same kind of reader."""

_COMPOUND = frozenset({"array", "object"})


def meaning(schema: Schema, reading: Reading) -> Meaning | None:
    """The key of a schema that admits scalars only, and says so by its own keywords."""
    if schema.types is None or schema.types & _COMPOUND or _refers(schema) or schema.unmodelled:
        return None
    values = None
    if schema.enum is not None and reading.enum_binds(schema):
        values = frozenset(map(freeze, schema.enum))
    return (
        reading.takes_text,
        schema.types,
        schema.or_null,
        (schema.enum is None, values),
        (schema.minimum, schema.maximum, schema.exclusive_minimum, schema.exclusive_maximum),
        schema.multiple_of,
        (schema.min_length, schema.max_length, schema.pattern),
        (schema.format, schema.content_encoding),
    )


def _refers(schema: Schema) -> bool:
    """Whether other schemas speak about the same value."""
    combined = schema.all_of or schema.any_of or schema.one_of or schema.not_ or schema.if_
    return bool(combined or schema.ref)
