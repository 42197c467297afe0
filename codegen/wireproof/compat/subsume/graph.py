"""Nodes: the schemas of both sides, interned, each with a formula for every JSON type."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from wireproof.compat.subsume.atoms import (
    Among,
    Atom,
    Literal,
    Match,
    Names,
    opposite,
    positive,
)
from wireproof.compat.subsume.formula import (
    Formula,
    among,
    conjunction,
    negate,
)
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.translate import Translation
from wireproof.compat.subsume.values import KINDS, Kind, freeze
from wireproof.ir.schema import JsonType, Schema, SchemaId
from wireproof.source.node import Json

_ALL_KINDS = frozenset[Kind](KINDS)


class Side(IntEnum):
    """Where a node comes from."""

    SENDER = 0
    RECEIVER = 1
    NEITHER = 2  # constants that the proof makes up


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A schema as the proof sees it.

    Attributes:
        side: Whose it is.
        schema: The IR's schema; None for a set of constants.
        unsent: Names that a surrounding `allOf` says are not sent.
        strings: For a node that the proof made up: what it demands of a string; it admits nothing
            else.
        values: The same for a set of constants.
        plain: Whether a value is taken as it is, also where the text of it is taken elsewhere.
    """

    side: Side
    schema: Schema | None
    unsent: frozenset[str] = frozenset()
    values: tuple[Json, ...] = ()
    strings: Formula = False
    plain: bool = False


class Graph:
    """All nodes of one proof, numbered in the order of their making. 0 is `true`."""

    def __init__(self, sender: Reading, receiver: Reading) -> None:
        self.readings: tuple[Reading, Reading] = (sender, receiver)
        self._plain = receiver.plain()
        self.nodes: list[Node] = [Node(Side.NEITHER, None)]
        self._numbers: dict[Hashable, int] = {}
        self._kinds: dict[frozenset[JsonType], frozenset[Kind]] = {}
        self._formulas: dict[tuple[Literal, Kind], Formula] = {}

    def reading(self, node: Node) -> Reading:
        """How the schema of a node is read."""
        return self._plain if node.plain else self.readings[node.side]

    def literal(
        self,
        side: Side,
        schema_id: SchemaId,
        unsent: frozenset[str] = frozenset(),
        *,
        plain: bool = False,
    ) -> Literal:
        """The literal that a schema holds; `plain` where a text may not be read otherwise."""
        plain = plain and self.readings[side].takes_text
        key = (side, schema_id, unsent, plain)
        number = self._numbers.get(key)
        if number is None:
            schema = self.readings[side].schemas[schema_id]
            if schema.verdict is False:
                number = -1
            elif schema.verdict or _is_trivial(schema):
                number = 0
            else:
                number = len(self.nodes)
                self.nodes.append(Node(side, schema, unsent, plain=plain))
            self._numbers[key] = number
        return positive(number) if number >= 0 else opposite(positive(0))

    def constant(self, values: Iterable[Json]) -> Literal:
        """The literal that the value is one of these."""
        chosen = tuple(values)
        key = ("constant", tuple(map(freeze, chosen)))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(Node(Side.NEITHER, None, values=chosen))
        return positive(number)

    def name_in(self, names: Names, unlike: frozenset[str]) -> Literal:
        """The literal that a string is in a set of names, and none of some names."""
        key = ("names", names, unlike)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            parts: list[Formula] = []
            if names.one is not None:
                parts.append(Among(number, "const", (names.one,), wanted=True))
            parts += [Match(number, "pattern", each, wanted=True) for each in names.inside]
            parts += [Match(number, "pattern", each, wanted=False) for each in names.outside]
            taken = tuple(sorted(names.excluded | unlike))
            if taken:
                parts.append(Among(number, "const", taken, wanted=False))
            self.nodes.append(Node(Side.NEITHER, None, strings=conjunction(parts)))
        return positive(number)

    def formula(self, literal: Literal, kind: Kind) -> Formula:
        """What the literal demands of a value of this JSON type."""
        key = (literal, kind)
        known = self._formulas.get(key)
        if known is None:
            if literal & 1:
                known = negate(self.formula(opposite(literal), kind))
            else:
                known = self._translate(literal >> 1, kind)
            self._formulas[key] = known
        return known

    def is_senders(self, literal: Literal) -> bool:
        """Whether a literal says that a schema of the sender holds."""
        return not literal & 1 and self.nodes[literal >> 1].side is Side.SENDER

    def is_senders_atom(self, atom: Atom) -> bool:
        """Whether an atom is the sender's demand."""
        return atom.by >= 0 and self.nodes[atom.by].side is Side.SENDER

    def kinds(self, literal: Literal) -> frozenset[Kind]:
        """JSON types that a literal does not rule out by `type` alone."""
        schema = self.nodes[literal >> 1].schema
        if literal & 1 or schema is None or schema.types is None:
            return _ALL_KINDS
        if self.reading(self.nodes[literal >> 1]).takes_text:
            return _ALL_KINDS
        found = self._kinds.get(schema.types)
        if found is None:
            names = {"number" if name == "integer" else name for name in schema.types}
            found = frozenset(kind for kind in KINDS if kind in names)
            self._kinds[schema.types] = found
        return found

    def _translate(self, number: int, kind: Kind) -> Formula:
        if number == 0:
            return True
        node = self.nodes[number]
        if node.schema is None:
            if node.values:
                return among(number, "const", node.values, kind)
            return node.strings if kind == "string" else False
        return Translation(self, number, node, node.schema).of(kind)


def _is_trivial(schema: Schema) -> bool:
    """Whether a schema says nothing at all about values (an empty `enum` admits none)."""
    said = schema.unmodelled or schema.enum is not None
    return not said and all(_is_silent(getattr(schema, name)) for name in _SAYING)


def _is_silent(value: object) -> bool:
    """Whether a keyword's field is as if the keyword were absent."""
    return value is None or value is False or value in ((), {})


_SAYING = (
    "types",
    "ref",
    "minimum",
    "maximum",
    "exclusive_minimum",
    "exclusive_maximum",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "format",
    "content_encoding",
    "items",
    "prefix_items",
    "contains",
    "min_items",
    "max_items",
    "unique_items",
    "unevaluated_items",
    "properties",
    "required",
    "pattern_properties",
    "additional_properties",
    "property_names",
    "min_properties",
    "max_properties",
    "dependent_required",
    "dependent_schemas",
    "unevaluated_properties",
    "all_of",
    "any_of",
    "one_of",
    "not_",
    "if_",
)
