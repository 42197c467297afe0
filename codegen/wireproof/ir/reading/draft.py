"""A schema while its keywords are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from wireproof.ir.reading.reader import Reader
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Node, escape


class Linker(Protocol):
    """Turns a child in schema position into an edge."""

    reader: Reader

    def link(self, node: Node, schema_id: SchemaId, /) -> SchemaId:
        """The id of the schema that stands at `node`, `$ref`s followed."""


@dataclass(slots=True)
class Draft:
    """What is known of the schema at a node so far, by the names of `Schema`'s fields."""

    node: Node
    id: SchemaId
    linker: Linker
    fields: dict[str, Any] = field(default_factory=dict)
    unmodelled: list[str] = field(default_factory=list)

    def wrong(self, keyword: str, expected: str) -> None:
        """Report that a keyword's value is of the wrong kind."""
        child = self.node.get(keyword)
        self.linker.reader.wrong_type(self.node if child is None else child, expected)

    def edge(self, *keys: str | int) -> SchemaId:
        """The edge to the schema under `keys`."""
        node, path = self.node, self.id
        for key in keys:
            child = node.get(key)
            assert child is not None  # noqa: S101 - readers walk keys that they have just seen
            node, path = child, SchemaId(f"{path}/{escape(key)}")
        return self.linker.link(node, path)
