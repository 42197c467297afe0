"""What things are called in the server's Python: types, groups of handlers, methods, arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wireproof.emit.names import Names
from wireproof.emit.python.text import KEYWORDS, distinct, identifier, type_identifier
from wireproof.ir.contract import Contract, HttpBinding, Operation, Parameter
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import Signature, signature

TAKEN_TYPES = KEYWORDS | {
    "Annotated",
    "Any",
    "Base64Bytes",
    "ConfigDict",
    "DecimalNumber",
    "DecimalString",
    "Field",
    "Int64String",
    "Literal",
    "Maybe",
    "Model",
    "Optional",
    "TypeAliasType",
    "UUID",
    "Union",
    "UtcInstant",
}
"""Names that the models' module needs for itself."""

_TAKEN_ARGUMENTS = KEYWORDS | {"self", "context", "body"}


@dataclass(frozen=True, slots=True)
class Member:
    """An operation's place among the handlers: the group's field and the method there."""

    group: str
    method: str


@dataclass(frozen=True, slots=True)
class Identifiers:
    """All names of a generated server.

    Attributes:
        types: Class or alias of a declared type.
        members: Group and method by operation id.
        protocols: Protocol class by group, in the order of first use.
        arguments: Handler arguments by operation id, one for each of its parameters.
    """

    types: Mapping[SchemaId, str]
    members: Mapping[str, Member]
    protocols: Mapping[str, str]
    arguments: Mapping[str, tuple[str, ...]]


def name_all(contract: Contract, names: Names, operations: tuple[Operation, ...]) -> Identifiers:
    """Names for what these operations need."""
    members: dict[str, Member] = {}
    protocols: dict[str, str] = {}
    arguments: dict[str, tuple[str, ...]] = {}
    used: dict[str, set[str]] = {}
    for operation in operations:
        call = signature(contract, operation)
        group = identifier(call.resource or "default", fallback="group")
        if group not in protocols:
            stem = type_identifier(call.resource or "default")
            protocols[group] = distinct(f"{stem}Handlers", protocols.values())
        methods = used.setdefault(group, set())
        method = distinct(identifier(call.method, fallback="operation"), methods)
        methods.add(method)
        members[operation.id] = Member(group, method)
        arguments[operation.id] = _arguments(operation, call)
    return Identifiers(_types(contract, names), members, protocols, arguments)


def _arguments(operation: Operation, call: Signature) -> tuple[str, ...]:
    wire = {
        id(argument.source): argument.name
        for argument in call.arguments
        if isinstance(argument.source, Parameter)
    }
    found: list[str] = []
    for parameter in operation.parameters:
        name = wire.get(id(parameter), parameter.sdk_name or parameter.name)
        spelled = identifier(name, fallback="parameter", reserved=_TAKEN_ARGUMENTS)
        found.append(distinct(spelled, found))
    return tuple(found)


def _types(contract: Contract, names: Names) -> dict[SchemaId, str]:
    found: dict[SchemaId, str] = {}
    taken: set[str] = set()
    for schema_id in contract.types:
        name = type_identifier(names.type(schema_id), reserved=TAKEN_TYPES)
        if name.endswith("_"):  # the model generator would drop it again
            name = f"{name.rstrip('_')}Model"
        found[schema_id] = distinct(name, taken)
        taken.add(found[schema_id])
    return found


def path_of(operation: Operation) -> tuple[str, str]:
    """Method and path of an operation on HTTP."""
    binding = operation.binding
    assert isinstance(binding, HttpBinding)  # noqa: S101 - the union has one member today
    return binding.method, binding.path
