"""Which module every type lives in: that of the one resource that uses it, else `shared`.

A type that another one refers to is used wherever that one is, so modules of resources import
`shared` and themselves, never each other: there are no import cycles, and a program loads the
models of the resources that it calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wireproof.ir.contract import Contract, Direction, Operation
from wireproof.ir.inference.walk import members, named, request_types, response_types
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import EnumDecl, ModelDecl, Type

SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Layout:
    """Module by type: `models` for what is received (and all enums), `params` for what is sent."""

    models: Mapping[SchemaId, str]
    params: Mapping[SchemaId, str]

    def modules(self, kind: str) -> dict[str, list[SchemaId]]:
        """The types of every module, in the order of the contract; modules sorted."""
        found: dict[str, list[SchemaId]] = {}
        for schema, module in (self.models if kind == "models" else self.params).items():
            found.setdefault(module, []).append(schema)
        return dict(sorted(found.items()))


def layout(contract: Contract, resources: Mapping[str, tuple[Operation, ...]]) -> Layout:
    """Place every type that travels. `resources` are operations by module name."""
    graph = _Graph(contract)
    received: dict[SchemaId, set[str]] = {}
    sent: dict[SchemaId, set[str]] = {}
    for module, operations in resources.items():
        for schema in graph.reach(_roots(operations, received=True), received=True):
            received.setdefault(schema, set()).add(module)
        for schema in graph.reach(_roots(operations, received=False), received=False):
            sent.setdefault(schema, set()).add(module)
    for schema, modules in sent.items():
        if isinstance(contract.types[schema], EnumDecl):
            received.setdefault(schema, set()).update(modules)
    order = {schema: index for index, schema in enumerate(contract.types)}
    return Layout(
        models={s: _home(received[s]) for s in sorted(received, key=order.__getitem__)},
        params={s: _home(sent[s]) for s in sorted(sent, key=order.__getitem__)},
    )


def _home(modules: set[str]) -> str:
    return next(iter(modules)) if len(modules) == 1 else SHARED


def _roots(operations: Iterable[Operation], *, received: bool) -> Iterator[Type]:
    for operation in operations:
        outgoing = operation.direction is Direction.CLIENT_TO_SERVER
        if outgoing is received:
            yield from response_types(operation)
        else:
            yield from request_types(operation)
        yield from _roots(operation.callbacks, received=received)


class _Graph:
    """Edges between declarations, by the way that they travel; each worked out once."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._edges: dict[tuple[SchemaId, bool], tuple[SchemaId, ...]] = {}

    def reach(self, roots: Iterable[Type], *, received: bool) -> set[SchemaId]:
        pending = [schema for root in roots if (schema := named(root)) is not None]
        found: set[SchemaId] = set()
        while pending:
            schema = pending.pop()
            if schema not in found:
                found.add(schema)
                pending.extend(self._out(schema, received))
        return found

    def _out(self, schema: SchemaId, received: bool) -> tuple[SchemaId, ...]:  # noqa: FBT001 - half of the cache's key
        edges = self._edges.get((schema, received))
        if edges is None:
            targets = (
                named(type_) for type_ in travelling(self._contract, schema, received=received)
            )
            edges = tuple(dict.fromkeys(target for target in targets if target is not None))
            self._edges[schema, received] = edges
        return edges


def travelling(contract: Contract, schema: SchemaId, *, received: bool) -> Iterator[Type]:
    """The types that a declaration is made of, on the way to the client or from it."""
    declared = contract.types[schema]
    if isinstance(declared, ModelDecl):
        for one in declared.properties:
            if not (one.write_only if received else one.read_only):
                yield one.type
    else:
        yield from members(declared)
