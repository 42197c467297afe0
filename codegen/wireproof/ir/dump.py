"""The contract as JSON for people and scripts: `wireproof ir SPEC`.

What is at its default is left out. Types are written in one line: `string`, `list<T>`, `map<T>`,
`T | null`, `= "buy"` for a literal, a schema's id for a declared type. Bounds keep their digits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, assert_never

import orjson

from wireproof.ir.contract import Contract, Operation
from wireproof.ir.signature import Argument, Signature, signature
from wireproof.ir.types import (
    AnyType,
    ListType,
    LiteralType,
    MapType,
    NamedType,
    NeverType,
    NullableType,
    ScalarType,
    Type,
)
from wireproof.source.node import Json

_TYPES = (
    ScalarType | LiteralType | ListType | MapType | NullableType | NamedType | AnyType | NeverType
)
_LATER = frozenset({"operations", "webhooks"})
_INHERITED = frozenset({"callbacks"})
_DERIVED = {"schema": "type", "item_schema": "item_type"}
"""Fields that name a schema, and the properties that tell its type."""


def dump(contract: Contract) -> bytes:
    """The whole contract as indented JSON with a final newline; same contract, same bytes."""
    document = _fields(contract, _LATER)
    document["operations"] = [_operation(contract, one) for one in contract.operations]
    if contract.webhooks:
        document["webhooks"] = [_operation(contract, one) for one in contract.webhooks]
    document["types"] = {
        type_id: {"kind": _kind(type_), **plain(type_)} for type_id, type_ in contract.types.items()
    }
    document["schemas"] = {schema_id: plain(one) for schema_id, one in contract.schemas.items()}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def notation(type_: Type) -> str:  # noqa: PLR0911 - one answer for each kind of type
    """A type in one line."""
    match type_:
        case ScalarType(scalar=scalar):
            return scalar.value
        case LiteralType(value=value):
            return f"= {orjson.dumps(plain(value)).decode()}"
        case ListType(item=item):
            return f"list<{notation(item)}>"
        case MapType(value=value):
            return f"map<{notation(value)}>"
        case NullableType(inner=inner):
            return f"{notation(inner)} | null"
        case NamedType(id=type_id):
            return type_id
        case AnyType():
            return "any"
        case NeverType():
            return "never"
        case _:
            assert_never(type_)


def plain(value: Any) -> Json:  # noqa: ANN401 - any value of the IR
    """A value of the IR as plain JSON."""
    if isinstance(value, _TYPES):
        return notation(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return _collection(value)


def _collection(value: Any) -> Json:  # noqa: ANN401, PLR0911 - any value of the IR, one answer a kind
    match value:
        case Enum():
            return value.value
        case Decimal():
            return orjson.Fragment(format(value, "f"))
        case int() if abs(value) >= 2**63:
            return orjson.Fragment(str(value))
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case frozenset() | set():
            return sorted(plain(one) for one in value)
        case tuple() | list():
            return [plain(one) for one in value]
        case _:
            return value


def _operation(contract: Contract, operation: Operation) -> dict[str, Json]:
    found = _fields(operation, _INHERITED)
    if operation.servers == contract.servers:
        found.pop("servers", None)
    found["signature"] = _signature(signature(contract, operation))
    if operation.callbacks:
        found["callbacks"] = [_operation(contract, one) for one in operation.callbacks]
    return found


def _signature(found: Signature) -> dict[str, Json]:
    return {
        "resource": found.resource,
        "method": found.method,
        "arguments": [_argument(one) for one in found.arguments],
        **({} if found.body is None else {"body": found.body.media_type}),
        "results": {
            one.status: None
            if one.media is None
            else f"{one.media.media_type}: {notation(one.media.type)}"
            for one in found.results
        },
    }


def _argument(argument: Argument) -> str:
    mark = "" if argument.required else "?"
    return f"{argument.place.value} {argument.name}{mark}: {notation(argument.type)}"


def _fields(value: Any, left_out: frozenset[str] = frozenset()) -> dict[str, Json]:  # noqa: ANN401 - any dataclass of the IR
    found = {}
    for name, default in _defaults(type(value)).items():
        held = getattr(value, name)
        if name not in left_out and held != default:
            found[name.rstrip("_")] = plain(held)
    return found


_DEFAULTS: dict[type, dict[str, Any]] = {}


def _defaults(cls: type) -> dict[str, Any]:
    """What is told of a dataclass, with its defaults; a sentinel where there is none.

    What `repr` leaves out (where it was written, what it is read from) is left out here as well.
    """
    if cls not in _DEFAULTS:
        found = _DEFAULTS[cls] = {}
        for one in dataclasses.fields(cls):
            if one.repr:
                made = one.default_factory
                found[one.name] = one.default if made is dataclasses.MISSING else made()
            derived = _DERIVED.get(one.name, "")
            if hasattr(cls, derived):
                found[derived] = None
    return _DEFAULTS[cls]


def _kind(declaration: object) -> str:
    return type(declaration).__name__.removesuffix("Decl").lower()
