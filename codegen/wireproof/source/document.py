"""One document: plain data, its root node, its references, its places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote, urljoin

from wireproof.diagnostics import Span
from wireproof.source.node import Json, Node

Path = tuple[str | int, ...]


class Places(Protocol):
    """Anything that knows where the parts of a document stand."""

    def span(self, path: Path, *, key: bool) -> Span:
        """The place of the value at `path`, or of the key that names it."""


def follow(root: Node, pointer: str) -> Node | None:
    """The node at an RFC 6901 pointer (percent-decoded already), or None."""
    node: Node | None = root
    for token in pointer.split("/")[1:]:
        if node is None:
            return None
        step = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node.value, list):
            node = node.get(int(step)) if step.isascii() and step.isdigit() else None
        else:
            node = node.get(step)
    return node


class Document:
    """A document as plain data with positions.

    Attributes:
        name: Shown to users: a path relative to the working directory, `REV:path`, `<stdin>`.
        root: The root node.
        outside: How references that leave the document are followed, once it is known.
    """

    def __init__(self, name: str, value: Json, places: Places | None = None) -> None:
        self.name = name
        self.root = Node(value, self)
        self._places = places
        self.outside: Callable[[Node, str], Node | None] | None = None
        self._targets: dict[str, Node | None] = {}

    def __repr__(self) -> str:
        return f"Document({self.name})"

    def span(self, path: Path, *, key: bool = False) -> Span:
        """The place of the value at `path`, or of the key that names it."""
        return self._places.span(path, key=key) if self._places else Span.point(self.name)

    def at(self, pointer: str) -> Node | None:
        """The node at a pointer, with or without the leading `#`; percent-encoding is undone."""
        pointer = pointer.removeprefix("#")
        if pointer not in self._targets:
            valid = not pointer or pointer.startswith("/")
            self._targets[pointer] = follow(self.root, unquote(pointer)) if valid else None
        return self._targets[pointer]

    def named(self, name: str) -> Node | None:
        """The schema of this `$anchor` (written `#name`) or `$id`."""
        return self._named.get(name)

    @cached_property
    def _named(self) -> Mapping[str, Node]:
        return _index(self.root)

    def resolve(self, node: Node) -> Node | None:
        """The node itself, or what its `$ref` (and the `$ref` there, and so on) leads to.

        None where a reference leads nowhere or in a circle. In a document as written the
        answer may stand in another document; in a bundled contract never.
        """
        seen: set[str] = set()
        current: Node | None = node
        while current is not None and isinstance(current.value, dict):
            ref = current.value.get("$ref")
            if not isinstance(ref, str):
                return current
            if ref in seen:
                return None
            seen.add(ref)
            local = self.at(ref) if ref.startswith("#") else None
            if local is None:
                return self.outside(current, ref) if self.outside else None
            current = local
        return current


def _index(root: Node) -> Mapping[str, Node]:
    """The schemas that have names of their own, by all spellings of them."""
    names: dict[str, Node] = {}
    stack = [(root, "")]
    while stack:
        node, base = stack.pop()
        if isinstance(node.value, dict):
            identifier = node.value.get("$id")
            if isinstance(identifier, str):
                base = urljoin(base, identifier)
                names.setdefault(base, node)
                names.setdefault(identifier, node)
            for key in ("$anchor", "$dynamicAnchor"):
                anchor = node.value.get(key)
                if isinstance(anchor, str):
                    names.setdefault(f"#{anchor}", node)
                    names.setdefault(f"{base}#{anchor}", node)
            stack.extend((child, base) for _, child in node.items())
        else:
            stack.extend((child, base) for child in node.elements())
    return names
