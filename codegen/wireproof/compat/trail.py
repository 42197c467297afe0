"""How an operation gets to a place that it does not hold itself: the `$ref`s on the way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from wireproof.ir.contract import Contract, Operation
from wireproof.source.document import Document
from wireproof.source.node import Json, Node

_Way = dict[str, tuple[Node, str]]
"""Pointer of what is referred to -> the reference, and the pointer of what holds it."""


class Trails:
    """Shortest ways through one contract; what a component refers to is looked for once."""

    def __init__(self, contract: Contract) -> None:
        document = contract.origin.document
        assert isinstance(document, Document)  # noqa: S101 - a contract is built from a document
        self._document = document
        self._held: dict[str, tuple[Node, ...]] = {}
        self._ways: dict[str, _Way] = {}

    def trail(self, operation: Operation, place: Node) -> tuple[Node, ...]:
        """The nodes with a `$ref`, from the operation to the place; () where it holds it."""
        start = operation.origin.pointer
        around = operation.origin.parent
        if _within(place.pointer, around.pointer if around is not None else start):
            return ()
        ways = self._ways.get(start)
        if ways is None:
            ways = self._ways[start] = self._explored(operation.origin)
        pointer = place.pointer
        while pointer and pointer not in ways:
            pointer = pointer.rpartition("/")[0]
        found: list[Node] = []
        while pointer in ways:
            reference, pointer = ways[pointer]
            found.append(reference)
        return tuple(reversed(found))

    def _explored(self, operation: Node) -> _Way:
        """Everything that an operation, or its path for all of them, leads to."""
        ways: _Way = {}
        queue = [operation]
        path = operation.parent.get("parameters") if operation.parent is not None else None
        if path is not None:
            queue.append(path)
        for holder in queue:  # grows while it is read
            for reference in self._references(holder):
                target = self._document.at(reference.value["$ref"])
                if target is None or target.pointer in ways:
                    continue
                ways[target.pointer] = (reference, holder.pointer)
                queue.append(target)
        return ways

    def _references(self, holder: Node) -> tuple[Node, ...]:
        pointer = holder.pointer
        if pointer not in self._held:
            self._held[pointer] = tuple(_references(holder))
        return self._held[pointer]


def name(reference: Node) -> str:
    """What a reference refers to, by its last step: `Order`."""
    last = str(reference.value["$ref"]).rpartition("/")[2]
    return unquote(last).replace("~1", "/").replace("~0", "~")


def _references(holder: Node) -> Iterator[Node]:
    stack = [holder]
    while stack:
        node = stack.pop()
        value: Json = node.value
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield node
            children = [Node(v, node.document, node, k) for k, v in value.items() if _deep(v)]
        else:
            children = [Node(v, node.document, node, n) for n, v in enumerate(value) if _deep(v)]
        stack += reversed(children)


def _deep(value: Json) -> bool:
    return isinstance(value, dict | list)


def _within(pointer: str, outer: str) -> bool:
    return pointer == outer or pointer.startswith(f"{outer}/")
