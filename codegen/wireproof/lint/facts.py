"""What many rules want to know of a contract, worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wireproof.lint.values import Validators
from wireproof.source.document import Document
from wireproof.source.grammar import Kind, children, reference, walk
from wireproof.source.node import Node

_VALUES = frozenset(("default", "example", "examples"))

Side = Literal["request", "response"]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation and where it stands.

    Attributes:
        node: The operation object.
        method: In capitals.
        path: The path template; the name of a webhook, or the expression of a callback.
        served: Whether the API's own server answers it, as it does not for webhooks and callbacks.
    """

    node: Node
    method: str
    path: str
    served: bool

    @property
    def label(self) -> str:
        """`POST /v1/orders`."""
        return f"{self.method} {self.path}"


class Facts:
    """A contract as rules see it.

    Attributes:
        document: The contract.
        version: `3.0`, `3.1` or `3.2`.
        visited: Every OpenAPI object with its kind, in document order.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.version = str(document.root.value.get("openapi", ""))[:3]
        self.visited = tuple(walk(document.root, "openapi"))

    @cached_property
    def operations(self) -> Mapping[int, Operation]:
        """Operations by the identity of their value."""
        return {
            id(node.value): _operation(node)
            for node, kind in self.visited
            if kind == "operation" and isinstance(node.value, dict)
        }

    @cached_property
    def references(self) -> tuple[tuple[Node, Kind, str], ...]:
        """Every reference: its holder, the kind it stands for, and where it leads."""
        return tuple(
            (node, kind, ref)
            for node, kind in self.visited
            if (ref := reference(node, kind)) is not None
        )

    @cached_property
    def sent(self) -> Mapping[int, frozenset[Side]]:
        """In which messages a schema is used, by the identity of its value."""
        request = self._reached("request")
        response = self._reached("response")
        both: dict[int, frozenset[Side]] = dict.fromkeys(request, frozenset({"request"}))
        for key in response:
            both[key] = both.get(key, frozenset()) | {"response"}
        return both

    def _reached(self, side: Side) -> set[int]:
        """Identities of all that messages of one side consist of, references followed."""
        stack = [part for one in self.operations.values() for part in _messages(one, side)]
        seen: set[int] = set()
        while stack:
            node, kind = stack.pop()
            target = self.document.resolve(node)
            if target is None or not isinstance(target.value, dict) or id(target.value) in seen:
                continue
            seen.add(id(target.value))
            stack.extend(children(target, kind))
        return seen

    @cached_property
    def validators(self) -> Validators:
        """Validators for the contract's schemas."""
        return Validators(
            self.document,
            self.version,
            [node.value for node, kind in self.visited if kind == "schema"],
            [one for node, kind in self.visited if (one := _judging(node, kind)) is not None],
        )

    @cached_property
    def operation_ids(self) -> Mapping[str, Operation]:
        """Operations by their ids."""
        return {
            name: one
            for one in self.operations.values()
            if isinstance(name := one.node.value.get("operationId"), str)
        }

    def names(self, *path: str) -> Mapping[str, Node]:
        """The entries of a mapping at a path from the root, extensions aside."""
        node: Node | None = self.document.root
        for step in path:
            node = node.get(step) if node is not None else None
        return dict(node.items()) if node is not None else {}


def _judging(node: Node, kind: Kind) -> Node | None:
    """The schema that a value in or beside it is to fit."""
    if not isinstance(node.value, dict) or _VALUES.isdisjoint(node.value):
        return None
    return node if kind == "schema" else node.get("schema")


def _operation(node: Node) -> Operation:
    item = node.parent
    if item is not None and item.key == "additionalOperations" and item.parent is not None:
        item = item.parent
    path = node.path
    served = path[0] in ("paths", "components") and "callbacks" not in path[2:-1]
    return Operation(node, str(node.key).upper(), str(item.key) if item else "", served)


def _messages(operation: Operation, side: Side) -> Iterable[tuple[Node, Kind]]:
    """The parts of an operation that one side sends; of what the server calls, the other's."""
    wanted = side if operation.served else ("response" if side == "request" else "request")
    for part, kind in children(operation.node, "operation"):
        if kind == "callback":
            continue
        if (kind in {"response", "responses"}) == (wanted == "response"):
            yield part, kind
    if wanted == "request" and operation.node.parent is not None:
        shared = operation.node.parent.get("parameters")
        for part in shared.elements() if shared is not None else ():
            yield part, "parameter"
