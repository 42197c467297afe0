"""How a component is reached: the chain of references from an operation to it."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from wireproof.diagnostics import Related, Span
from wireproof.lint.facts import Facts
from wireproof.source.grammar import Kind
from wireproof.source.node import Node

_LONGEST = 4
_DEPTH = 3  # components / section / name

Slot = tuple[str | int, ...]


class Trails:
    """Shortest chains of `$ref`s, worked out once a contract."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made: dict[Slot, tuple[Related, ...]] = {}

    def to(self, node: Node) -> tuple[Related, ...]:
        """The references on the way to a node inside `components`, the operation's first."""
        slot = _slot(node)
        if slot is None:
            return ()
        if slot not in self._made:
            self._made[slot] = self._trail(slot)
        return self._made[slot]

    def _trail(self, slot: Slot) -> tuple[Related, ...]:
        hops: list[Node] = []
        current: Slot | None = slot
        while current is not None and current in self._first and len(hops) < _LONGEST:
            hops.append(self._first[current])
            current = _slot(hops[-1])
        if not hops:
            return ()
        start, *rest = reversed(hops)
        first = Related(f"used by {self._owner(start)}", _place(start))
        return (first, *(Related("through this reference", _place(hop)) for hop in rest))

    @cached_property
    def _first(self) -> dict[Slot, Node]:
        """Component -> the reference that reaches it with the fewest hops from an operation."""
        inside: dict[Slot | None, list[tuple[Slot, Node]]] = {}
        for node, _kind, _ref in self._facts.references:
            target = self._facts.document.at(node.value["$ref"])
            slot = _slot(target) if target is not None else None
            if slot is not None:
                inside.setdefault(_slot(node), []).append((slot, node))
        found: dict[Slot, Node] = {}
        queue: deque[Slot | None] = deque([None])
        while queue:
            for slot, node in inside.get(queue.popleft(), ()):
                if slot not in found:
                    found[slot] = node
                    queue.append(slot)
        return found

    def _owner(self, node: Node) -> str:
        current: Node | None = node
        while current is not None:
            operation = self._facts.operations.get(id(current.value))
            if operation is not None:
                return operation.label
            if current.parent is not None and current.parent.key in ("paths", "webhooks"):
                return str(current.key)
            current = current.parent
        return _kind_of(node)


def _kind_of(node: Node) -> Kind:
    path = node.path
    return "/".join(map(str, path[:_DEPTH]))


def _slot(node: Node) -> Slot | None:
    path = node.path
    return path[:_DEPTH] if len(path) >= _DEPTH and path[0] == "components" else None


def _place(node: Node) -> Span:
    return (node.get("$ref") or node).span
