"""Where a finding points: at the keyword or the entry that changed, not at the object around it.

What a finding is about (its subject, which its fingerprint is made of) stays the object: lines
and keywords may move without making another finding of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wireproof.source.node import Json, Node


@dataclass(frozen=True, slots=True)
class Entry:
    """The element of a list that equals a value."""

    value: Json

    def among(self, node: Node) -> Node | None:
        """That element; 1, 1.0 and true are three values."""
        return next((one for one in node.elements() if _same(one.value, self.value)), None)


@dataclass(frozen=True, slots=True)
class Having:
    """The element of a list that is a mapping with this key and value."""

    key: str
    value: Json

    def among(self, node: Node) -> Node | None:
        """That element, the first of several."""
        for one in node.elements():
            if isinstance(one.value, dict) and one.value.get(self.key) == self.value:
                return one
        return None


Step = str | int | Entry | Having
Way = tuple[Step, ...]
"""From an object down to what changed in it."""


def spot(node: Node | None, ways: Iterable[Way]) -> Node | None:
    """What the first way leads to that exists; the node itself where none does."""
    if node is None:
        return None
    return next((end for way in ways if (end := _end(node, way)) is not None), node)


def governing(node: Node, key: str) -> Node | None:
    """What an object states under a key, or the nearest one around it that does."""
    current: Node | None = node
    while current is not None:
        found = current.get(key)
        if found is not None:
            return found
        current = current.parent
    return None


def differing(base: Node | None, head: Node | None, keys: Iterable[str]) -> tuple[Way, ...]:
    """The ways to those of the keys whose values differ as written."""
    before, after = (_mapping(node) for node in (base, head))
    return tuple(
        (key,) for key in keys if (key in before, before.get(key)) != (key in after, after.get(key))
    )


def _end(node: Node, way: Way) -> Node | None:
    current: Node | None = node
    for step in way:
        if current is None:
            return None
        current = step.among(current) if isinstance(step, Entry | Having) else current.get(step)
    return current


def _mapping(node: Node | None) -> dict[str, Json]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _same(one: Json, other: Json) -> bool:
    return type(one) is type(other) and bool(one == other)
