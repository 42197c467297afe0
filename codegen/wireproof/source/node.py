"""Nodes: values of a document that know where they stand.

A document's data stays plain (dict, list, str, int, float, Decimal, bool, None): a `Node` is a
light handle made on demand, a value plus the path that led to it. Its pointer and its `Span` are
worked out only when somebody asks, so walking a 10 MB document costs no positions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from wireproof.diagnostics import Span

Json = Any
"""A plain value of a document. `Any`, because narrowing is done by the reader of each node."""


class Locator(Protocol):
    """What a node needs of its document: positions of pointers, on demand."""

    @property
    def name(self) -> str:
        """The document's name as shown to users: a path relative to the working directory."""

    def span(self, path: tuple[str | int, ...], *, key: bool) -> Span:
        """The place of the value at `path`, or, with `key`, of the key that names it."""


def escape(token: str | int) -> str:
    """One reference token of an RFC 6901 pointer."""
    return str(token).replace("~", "~0").replace("/", "~1")


class Node:
    """A value, its document, and its way there. Compare nodes by `value` or by `pointer`."""

    __slots__ = ("document", "key", "parent", "value")

    def __init__(
        self, value: Json, document: Locator, parent: Node | None = None, key: str | int = ""
    ) -> None:
        self.value = value
        self.document = document
        self.parent = parent
        self.key = key

    def __repr__(self) -> str:
        return f"Node({self.document.name}#{self.pointer})"

    def get(self, key: str | int) -> Node | None:
        """The child under a mapping's key or a sequence's index, or None where there is none."""
        value = self.value
        if isinstance(value, dict):
            return Node(value[key], self.document, self, key) if key in value else None
        if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            return Node(value[key], self.document, self, key)
        return None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Key and child of a mapping, in document order; nothing for any other value."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(value, self.document, self, key)

    def elements(self) -> Iterator[Node]:
        """The children of a sequence in order; nothing for any other value."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(value, self.document, self, index)

    @property
    def path(self) -> tuple[str | int, ...]:
        """Keys and indices from the document's root to here."""
        keys: list[str | int] = []
        node: Node = self
        while node.parent is not None:
            keys.append(node.key)
            node = node.parent
        return tuple(reversed(keys))

    @property
    def pointer(self) -> str:
        """The RFC 6901 pointer from the document's root: `""`, `/paths/~1v1~1orders/get`."""
        return "".join(f"/{escape(token)}" for token in self.path)

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.document.span(self.path, key=False)

    @property
    def key_span(self) -> Span:
        """Where the key that names this value stands (the value itself in a sequence)."""
        return self.document.span(self.path, key=True)
