"""What a rule may ask about the contract around its node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from wireproof.lint.facts import Facts, Operation
from wireproof.source.node import Json, Node


@dataclass(frozen=True, slots=True)
class Scope:
    """The contract, seen by one rule with its options."""

    facts: Facts
    options: Mapping[str, Json] = field(default_factory=dict)

    @property
    def root(self) -> Node:
        """The root of the contract."""
        return self.facts.document.root

    @property
    def version(self) -> str:
        """`3.0`, `3.1` or `3.2`."""
        return self.facts.version

    def follow(self, node: Node | None) -> Node | None:
        """Where a node's `$ref` leads; the node itself without one; None where it leads nowhere."""
        found = self.facts.document.resolve(node) if node is not None else None
        return found if found is not None and isinstance(found.value, dict) else None

    def entries(self, node: Node | None, field_name: str) -> Iterator[tuple[str, Node]]:
        """Key and target of each entry of a mapping of objects, references followed."""
        holder = node.get(field_name) if node is not None else None
        for key, written in holder.items() if holder is not None else ():
            target = self.follow(written)
            if target is not None and not key.startswith("x-"):
                yield key, target

    def parameters(self, operation: Node) -> list[Node]:
        """The parameters of an operation with those of its path item, references followed."""
        found: dict[tuple[str, str], Node] = {}
        for holder in (operation.parent, operation):
            listed = holder.get("parameters") if holder is not None else None
            for written in listed.elements() if listed is not None else ():
                target = self.follow(written)
                if target is not None:
                    place, name = target.value.get("in"), target.value.get("name")
                    found[str(place), str(name)] = target
        return list(found.values())

    def operation(self, node: Node) -> Operation | None:
        """The operation whose node this is."""
        return self.facts.operations.get(id(node.value))

    def text(self, option: str) -> str:
        """An option that is a text."""
        return str(self.options[option])

    def texts(self, option: str) -> tuple[str, ...]:
        """An option that is a list of texts."""
        value = self.options[option]
        return tuple(map(str, value)) if isinstance(value, Iterable) else (str(value),)
