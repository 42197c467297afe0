"""Contracts as they would be with one change: the material of single questions.

Edited schemas are adopted into a private table of their contract's schemas, beside all others.
What refers to the edited schema still means the original, so that a question is about one place;
and all questions about one contract share what has been proven about the rest.
"""

from __future__ import annotations

from wireproof.compat.schemas.change import GONE, Edit
from wireproof.compat.subsume.verdicts import SchemaRef
from wireproof.ir.build import schema_table
from wireproof.ir.contract import Contract
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json, Node


class Workbench:
    """A contract's schemas and edited copies of some of them."""

    def __init__(self, contract: Contract) -> None:
        self._root = contract.origin
        self._table = schema_table(contract)
        self._count = 0

    def alone(self, schema: Schema, edit: Edit) -> tuple[SchemaRef, SchemaRef] | None:
        """The schema as it is and after an edit.

        None where the schema is no mapping (it has no keywords to edit).
        """
        if not isinstance(schema.origin.value, dict) or schema.id not in self._table:
            return None
        copy = self.made(_applied(schema.origin.value, edit))
        return SchemaRef(self._table, schema.id), copy

    def anything(self) -> SchemaRef:
        """The schema that admits every value: what holds where nothing is said."""
        return self.made({})

    def made(self, value: dict[str, Json]) -> SchemaRef:
        """A schema that no document states, which may refer to the contract's own."""
        node = Node(value, self._root.document, self._root, f"edit {self._count}")
        self._count += 1
        return SchemaRef(self._table, self._table.adopt(node, SchemaId(f"#{node.pointer}")))


def _applied(value: dict[str, Json], edit: Edit) -> dict[str, Json]:
    changed = dict(value)
    for keyword, new in edit.keywords.items():
        if new is GONE:
            changed.pop(keyword, None)
        else:
            changed[keyword] = new
    return changed
