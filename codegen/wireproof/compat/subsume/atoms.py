"""Atoms: single demands on a value, as leaf solvers understand them, and literals over schemas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from wireproof.compat.subsume import automata
from wireproof.source.node import Json

Literal = int
"""A schema with a sign: twice the node's number, plus one where the schema must *not* hold."""


def positive(node: int) -> Literal:
    """The node holds."""
    return node * 2


def opposite(literal: Literal) -> Literal:
    """The literal with the other sign."""
    return literal ^ 1


def is_positive(literal: Literal) -> bool:
    """Whether the literal wants its node to hold."""
    return not literal & 1


def node_of(literal: Literal) -> int:
    """The node of a literal."""
    return literal >> 1


@dataclass(frozen=True)
class Names:
    """A set of property names: one name, or all that match patterns and are not taken out."""

    one: str | None = None
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Membership. Raises UnsupportedPattern where a pattern is not regular."""
        if self.one is not None:
            return name == self.one
        if name in self.excluded:
            return False
        return all(matches(pattern, name) for pattern in self.inside) and not any(
            matches(pattern, name) for pattern in self.outside
        )


ANY_NAME = Names()


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text.

    Raises:
        UnsupportedPattern: where the pattern is not regular.
    """
    return automata.member(automata.pattern_language(pattern), text)


@dataclass(frozen=True)
class Atom:
    """Base of all atoms. `by` is the node and `keyword` the keyword that asks for it."""

    by: int
    keyword: str


@dataclass(frozen=True)
class AtLeast(Atom):
    """number >= limit (`>` where strict)."""

    limit: Fraction
    strict: bool


@dataclass(frozen=True)
class AtMost(Atom):
    """number <= limit (`<` where strict)."""

    limit: Fraction
    strict: bool


@dataclass(frozen=True)
class Multiple(Atom):
    """The number is a multiple of `step`, or is none."""

    step: Fraction
    wanted: bool


@dataclass(frozen=True)
class Size(Atom):
    """Length of a string, an array or an object, in [low, high]."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Match(Atom):
    """The pattern is found in the string, or is not."""

    pattern: str
    wanted: bool


@dataclass(frozen=True)
class Formatted(Atom):
    """The value has the format, or has not."""

    name: str
    wanted: bool


@dataclass(frozen=True)
class Among(Atom):
    """The value equals one of these, or none."""

    values: tuple[Json, ...]
    wanted: bool

    def __hash__(self) -> int:
        return hash((self.by, self.wanted))


@dataclass(frozen=True)
class Opaque(Atom):
    """Something that the engine does not decide; `key` tells equal ones apart from others."""

    key: str
    reason: str
    wanted: bool


@dataclass(frozen=True)
class Unique(Atom):
    """All items differ, or two are equal."""

    wanted: bool


@dataclass(frozen=True)
class Items(Atom):
    """Every item at or behind `start` satisfies the literal; `only` limits it to `start`."""

    start: int
    literal: Literal
    only: bool = False


@dataclass(frozen=True)
class SomeItem(Atom):
    """There is an item at or behind `start` (`only`: at `start`) that satisfies the literal."""

    start: int
    literal: Literal
    only: bool = False


@dataclass(frozen=True)
class Contains(Atom):
    """The number of items that satisfy the literal is in [low, high]."""

    literal: Literal
    low: int
    high: int | None


@dataclass(frozen=True)
class Has(Atom):
    """The property is present."""

    name: str


@dataclass(frozen=True)
class Lacks(Atom):
    """The property is absent."""

    name: str


@dataclass(frozen=True)
class Each(Atom):
    """Every property whose name is in `names` satisfies the literal."""

    names: Names
    literal: Literal


@dataclass(frozen=True)
class Some(Atom):
    """There is a property whose name is in `names` and whose value satisfies the literal."""

    names: Names
    literal: Literal


@dataclass(frozen=True)
class EachName(Atom):
    """Every property's name, as a string, satisfies the literal."""

    literal: Literal


@dataclass(frozen=True)
class SomeName(Atom):
    """There is a property whose name, as a string, satisfies the literal."""

    literal: Literal


@dataclass(frozen=True, eq=False)
class Members(Atom):
    """`properties`, `patternProperties`, `additionalProperties` of one schema, as one demand.

    `hidden` are names that this direction does not send (`readOnly` in a request): absent from
    what the sender may use, and free for the receiver.
    """

    named: dict[str, Literal]
    patterns: tuple[tuple[str, Literal], ...]
    rest: Literal | None
    hidden: frozenset[str]

    @cached_property
    def rest_names(self) -> Names:
        """The names that `additionalProperties` speaks about."""
        return Names(
            outside=tuple(pattern for pattern, _ in self.patterns),
            excluded=frozenset(self.named),
        )

    def literals(self, name: str) -> list[Literal]:
        """What the value under a name must satisfy."""
        found = [literal for pattern, literal in self.patterns if matches(pattern, name)]
        if name in self.named:
            found.append(self.named[name])
        elif self.rest is not None and not found:
            found.append(self.rest)
        return found

    def parts(self) -> list[Each]:
        """The same as separate demands."""
        single = [
            Each(self.by, "properties", Names(one=name), literal)
            for name, literal in self.named.items()
        ]
        matched = [
            Each(self.by, "patternProperties", Names(inside=(pattern,)), literal)
            for pattern, literal in self.patterns
        ]
        rest = (
            []
            if self.rest is None
            else [Each(self.by, "additionalProperties", self.rest_names, self.rest)]
        )
        return [*single, *matched, *rest]
