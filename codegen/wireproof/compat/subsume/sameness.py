"""Equality and disjointness of nodes, as far as they are found without a proof."""

from __future__ import annotations

from functools import cached_property
from itertools import product

from wireproof.compat.subsume.atoms import (
    Literal,
    node_of,
    positive,
)
from wireproof.compat.subsume.graph import Graph, Node, Side
from wireproof.compat.subsume.meaning import Meaning, meaning
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.senses import Senses
from wireproof.compat.subsume.twins import Alike, Twins, root_of
from wireproof.compat.subsume.values import KINDS, freeze
from wireproof.ir.schema import Schema, SchemaId

MAX_DEPTH = 3
"""How many properties deep tags are looked for."""


class Kinship:
    """Cheap, sound, incomplete answers about two nodes; remembered."""

    def __init__(self, graph: Graph, alike: Alike | None = None) -> None:
        self._graph = graph
        self._alike = alike
        ours, theirs = graph.readings
        self._senses = Senses(ours.schemas, theirs.schemas, self.alike)
        self._canonical: dict[int, int] = {}
        self._scalars: dict[int, int] = {}
        self._meanings: dict[Meaning, int] = {}
        self._same: dict[tuple[int, int], bool] = {}
        self._disjoint: dict[tuple[int, int], bool] = {}
        self._places: dict[tuple[Reading, SchemaId], _Place] = {}
        self._parted: dict[tuple[_Place, _Place, int], bool] = {}

    def same(self, left: int, right: int) -> bool:
        """Whether two nodes are one schema, or schemas that are written alike."""
        if left == right:
            return True
        key = (left, right)
        if key not in self._same:
            self._same[key] = self._compare(self._graph.nodes[left], self._graph.nodes[right])
        return self._same[key]

    def canonical(self, literal: Literal) -> Literal:
        """The literal, by the sender's node where the receiver's schema states the same.

        Only schemas at the same place of both contracts are looked at, and scalars anywhere.
        """
        number = node_of(literal)
        known = self._canonical.get(number)
        if known is None:
            known = self._canonical[number] = self._original(number)
        return literal ^ positive(number) ^ positive(known)

    def scalar(self, literal: Literal) -> Literal:
        """The literal, by the first node that means the same scalars."""
        number = node_of(literal)
        known = self._scalars.get(number)
        if known is None:
            node = self._graph.nodes[number]
            key = meaning(node.schema, self._graph.reading(node)) if node.schema else None
            known = number if key is None else self._meanings.setdefault(key, number)
            self._scalars[number] = known
        return literal ^ positive(number) ^ positive(known)

    def _original(self, number: int) -> int:
        node = self._graph.nodes[number]
        plain = node_of(self.scalar(positive(number)))
        if node.schema is None or node.side is not Side.RECEIVER or plain != number:
            return plain
        if self._graph.reading(node).takes_text:
            return number  # what is written alike is read more widely
        if not self._senses.equal(node.schema.id, node.schema.id):
            return number
        return node_of(self._graph.literal(Side.SENDER, node.schema.id, node.unsent))

    def equal(self, left: Schema, right: Schema) -> bool:
        """Whether the sender's and the receiver's schema state the same, names and words aside."""
        return self.alike(left, right) or self._senses.equal(left.id, right.id)

    def alike(self, left: Schema, right: Schema) -> bool:
        """Whether the sender's and the receiver's schema are written alike."""
        if self._alike is None:
            self._alike = Twins(root_of(left.origin).value, root_of(right.origin).value).alike
        return self._alike(left, right)

    def _compare(self, left: Node, right: Node) -> bool:
        if left.schema is None or right.schema is None or left.unsent != right.unsent:
            return False
        if left.side > right.side:
            left, right = right, left
        if left.side == right.side or left.schema is None or right.schema is None:
            return False
        if self._graph.readings[0].flow is not self._graph.readings[1].flow:
            return False
        return self.equal(left.schema, right.schema)

    def disjoint(self, left: int, right: int) -> bool:
        """Whether no value satisfies both: other types, other constants, other tags."""
        key = (left, right)
        if key not in self._disjoint:
            one, other = self._graph.nodes[left], self._graph.nodes[right]
            self._disjoint[key] = (
                one.schema is not None
                and other.schema is not None
                and self._apart(
                    self._place(self._graph.reading(one), one.schema.id),
                    self._place(self._graph.reading(other), other.schema.id),
                    MAX_DEPTH,
                )
            )
        return self._disjoint[key]

    def _place(self, reading: Reading, schema_id: SchemaId) -> _Place:
        key = (reading, schema_id)
        if key not in self._places:
            self._places[key] = _Place(reading, schema_id)
        return self._places[key]

    def _apart(self, left: _Place, right: _Place, depth: int) -> bool:
        key = (left, right, depth)
        known = self._parted.get(key)
        if known is None:
            known = self._parted[key] = self._part(left, right, depth)
        return known

    def _part(self, left: _Place, right: _Place, depth: int) -> bool:
        kinds = left.kinds & right.kinds
        if not kinds:
            return True
        ours, theirs = left.constants, right.constants
        if ours is not None and theirs is not None and ours.isdisjoint(theirs):
            return True
        if kinds != {"object"}:
            return False
        if left.forbids(right.sent) or right.forbids(left.sent):
            return True
        if not depth:
            return False
        shared = left.declared & right.declared
        return any(
            self._apart(one, other, depth - 1)
            for name in (left.required | right.required) & shared
            for one, other in product(self._children(left, name), self._children(right, name))
        )

    def _children(self, place: _Place, name: str) -> list[_Place]:
        """What is said about a property."""
        known = place.children.get(name)
        if known is None:
            known = place.children[name] = [
                self._place(place.reading, schema.properties[name])
                for schema in place.schemas
                if name in schema.properties
            ]
        return known


class _Place:
    """All schemas of one side that hold at one place."""

    def __init__(self, reading: Reading, schema_id: SchemaId) -> None:
        self.reading = reading
        self.schemas = reading.in_place(schema_id)
        self.required = {name for schema in self.schemas for name in schema.required}
        self.hidden = {name for schema in self.schemas for name in reading.hidden(schema.id)}
        self.sent = self.required - self.hidden
        self.declared = {n for schema in self.schemas for n in schema.properties} - self.hidden
        self.children: dict[str, list[_Place]] = {}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """JSON types that may occur."""
        found = frozenset[str](KINDS)
        for schema in self.schemas:
            if schema.verdict is False:
                return frozenset()
            if schema.types is not None and not (schema.or_null or self.reading.takes_text):
                found &= {"number" if name == "integer" else name for name in schema.types}
        return found

    @cached_property
    def constants(self) -> set[object] | None:
        """Keys of the listed values, None where none are listed."""
        found: set[object] | None = None
        for schema in self.schemas:
            binds = self.reading.enum_binds(schema) and not self.reading.takes_text
            if schema.enum is not None and binds and not schema.or_null:
                values = {freeze(value) for value in schema.enum}
                found = values if found is None else found & values
        return found

    def forbids(self, names: set[str]) -> bool:
        """Whether an object here may not have one of the names."""
        return any(
            closing is not None
            and self.reading.schemas[closing].verdict is False
            and not schema.pattern_properties
            and not names <= schema.properties.keys()
            for schema in self.schemas
            for closing in (schema.additional_properties,)
        )
