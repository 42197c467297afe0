"""Which declared types a client sends, and which it receives.

A read-only property matters in what is received only, a write-only one in what is sent; so
emitters ask which way a type travels. Webhooks and callbacks run the other way: a client
receives their requests and sends their responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wireproof.ir.contract import Contract, Direction, Operation
from wireproof.ir.inference.walk import members, named, request_types, response_types
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import ModelDecl, Type, TypeDecl


@dataclass(frozen=True, slots=True)
class Usage:
    """Ids of the declarations that travel from the client, and to it. A type may be in both."""

    sent: frozenset[SchemaId]
    received: frozenset[SchemaId]


def usage(contract: Contract) -> Usage:
    """Which way every declared type travels; unused components are in neither set."""
    sent: list[Type] = []
    received: list[Type] = []
    for operation in _everything((*contract.operations, *contract.webhooks)):
        outgoing = operation.direction is Direction.CLIENT_TO_SERVER
        (sent if outgoing else received).extend(request_types(operation))
        (received if outgoing else sent).extend(response_types(operation))
    return Usage(_reach(contract, sent, sent=True), _reach(contract, received, sent=False))


def _everything(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        yield from _everything(operation.callbacks)


def _reach(contract: Contract, roots: list[Type], *, sent: bool) -> frozenset[SchemaId]:
    found: set[SchemaId] = set()
    pending = [named(root) for root in roots]
    while pending:
        type_id = pending.pop()
        if type_id is not None and type_id not in found:
            found.add(type_id)
            pending.extend(named(type_) for type_ in _travelling(contract.types[type_id], sent))
    return frozenset(found)


def _travelling(declaration: TypeDecl, sent: bool) -> Iterator[Type]:  # noqa: FBT001 - passed on from a keyword
    if isinstance(declaration, ModelDecl):
        for one in declaration.properties:
            if not (one.read_only if sent else one.write_only):
                yield one.type
        if declaration.additional is not None:
            yield declaration.additional
    else:
        yield from members(declaration)
