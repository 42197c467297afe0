"""Shapes: how the text of a parameter or a form field is read, worked out from its schema."""

from __future__ import annotations

from dataclasses import dataclass, field

from wireproof.emit.python.text import quoted
from wireproof.emit.server.layout import Call, call
from wireproof.ir.contract import Contract
from wireproof.ir.schema import Schema, SchemaId

_DEEPEST = 4  # text has no deeper structure in any style
_ORDER = ("integer", "number", "decimal", "boolean", "null", "string")


@dataclass(slots=True)
class _Facts:
    """What a schema, with everything that it is composed of, says about a value's form."""

    kinds: set[str] = field(default_factory=set)
    items: SchemaId | None = None
    members: dict[str, SchemaId] = field(default_factory=dict)
    open: bool = True
    decimal: bool = False


def shape(contract: Contract, schema: SchemaId | None, depth: int = 0) -> Call | None:
    """A `Shape(...)` expression; None for plain text, the runtime's default."""
    if schema is None or depth > _DEEPEST:
        return None
    facts = _Facts()
    _gather(contract, schema, facts, set())
    if "object" in facts.kinds or facts.members:
        members = {
            name: shape(contract, member, depth + 1) or call("Shape")
            for name, member in facts.members.items()
        }
        return call("Shape", members=members, open=None if facts.open else "False")
    if "array" in facts.kinds or (facts.items is not None and not facts.kinds):
        return call("Shape", items=shape(contract, facts.items, depth + 1) or call("Shape"))
    kinds = _scalar_kinds(facts)
    return None if kinds == ("string",) else call("Shape", tuple(quoted(kind) for kind in kinds))


def _scalar_kinds(facts: _Facts) -> tuple[str, ...]:
    kinds = set(facts.kinds)
    if "number" in kinds and facts.decimal:
        kinds = kinds - {"number"} | {"decimal"}
    if not kinds:
        return ("string",)
    if "string" in kinds:
        kinds.discard("null")  # the text "null" is a text
    return tuple(kind for kind in _ORDER if kind in kinds)


def _gather(contract: Contract, schema_id: SchemaId, facts: _Facts, seen: set[SchemaId]) -> None:
    schema = contract.schemas.get(schema_id)
    if schema is None or schema_id in seen:
        return
    seen.add(schema_id)
    facts.kinds |= schema.types or _implied(schema)
    facts.decimal |= schema.format == "decimal"
    facts.items = facts.items or schema.items
    facts.members.update(schema.properties)
    additional = contract.schemas.get(schema.additional_properties or SchemaId(""))
    if additional is not None and additional.verdict is False:
        facts.open = False
    parts = [*schema.all_of, *schema.any_of, *schema.one_of]
    for part in [schema.ref, *parts] if schema.ref else parts:
        _gather(contract, part, facts, seen)


def _implied(schema: Schema) -> set[str]:
    """JSON types of the listed values, where no type is stated."""
    found: set[str] = set()
    for value in schema.enum or ():
        if isinstance(value, bool):
            found.add("boolean")
        elif isinstance(value, int):
            found.add("integer")
        elif isinstance(value, str):
            found.add("string")
        elif value is None:
            found.add("null")
        else:
            found.add("number")
    return found
