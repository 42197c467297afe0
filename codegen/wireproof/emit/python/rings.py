"""The order of aliases: each after those that it is made of; and which are made of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.emit.python.layout import travelling
from wireproof.emit.python.spelling import Spelling
from wireproof.ir.inference.walk import named
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import TypeDecl


def ordered(
    spelling: Spelling, declared: Mapping[SchemaId, TypeDecl]
) -> tuple[list[SchemaId], dict[SchemaId, frozenset[SchemaId]]]:
    """Dependencies first, and for each member of a ring the whole ring (Tarjan, iterative)."""
    edges = {
        schema: [
            target
            for type_ in travelling(spelling.contract, schema, received=True)
            if (target := named(type_)) is not None and target in declared
        ]
        for schema in declared
    }
    order: list[SchemaId] = []
    rings: dict[SchemaId, frozenset[SchemaId]] = {}
    for component in _components(edges):
        order.extend(component)
        ring = frozenset(component)
        if len(ring) > 1 or component[0] in edges[component[0]]:
            rings.update(dict.fromkeys(component, ring))
    return order, rings


def _components(edges: Mapping[SchemaId, list[SchemaId]]) -> list[list[SchemaId]]:
    """Strongly connected components, those without outgoing edges first."""
    index: dict[SchemaId, int] = {}
    low: dict[SchemaId, int] = {}
    stack: list[SchemaId] = []
    on_stack: set[SchemaId] = set()
    found: list[list[SchemaId]] = []

    def visit(start: SchemaId) -> None:
        work = [(start, iter(edges[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    found.append(stack[cut:][::-1])
                    on_stack.difference_update(stack[cut:])
                    del stack[cut:]
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(edges[target])))
            elif target in on_stack:
                low[node] = min(low[node], index[target])

    for schema in edges:
        if schema not in index:
            visit(schema)
    return found
