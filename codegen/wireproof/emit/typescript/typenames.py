"""Names of types in TypeScript."""

from __future__ import annotations

from wireproof.emit.names import Names
from wireproof.emit.typescript.imports import MODULE_OF
from wireproof.emit.typescript.text import type_identifier
from wireproof.ir.schema import SchemaId

# Global names that readers take for what they usually are, so no type of ours takes them.
_GLOBALS = """
AbortSignal Array ArrayBuffer AsyncGenerator AsyncIterable BigInt Blob Boolean Date Error File
FormData Function Headers Infinity JSON Map Math NaN Number Object Omit Partial Pick Promise
PromiseLike ReadableStream Readonly Record RegExp Required Response Set String Symbol URL
URLSearchParams Uint8Array WeakMap WeakSet
"""
RESERVED_TYPES = frozenset(_GLOBALS.split()) | frozenset(MODULE_OF)
"""Names that no type of the contract gets."""


def type_names(names: Names) -> dict[SchemaId, str]:
    """TypeScript names by schema: legal, not reserved, and still unique."""
    spelled = {schema: type_identifier(name) for schema, name in names.types.items()}
    taken = {name for name in spelled.values() if name not in RESERVED_TYPES}
    result: dict[SchemaId, str] = {}
    granted: set[str] = set()
    for schema in sorted(spelled, key=lambda each: (names.types[each], each)):
        name = spelled[schema]
        while (
            name in RESERVED_TYPES or name in granted or (name != spelled[schema] and name in taken)
        ):
            name += "Model"
        granted.add(name)
        result[schema] = name
    return result
