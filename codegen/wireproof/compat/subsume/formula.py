"""Schemas as logic: formulas over literals (schema, sign) and atoms (one keyword's demand).

For one JSON type, a schema is a conjunction of keyword demands, and each demand has an exact
negation. `Or`, `And`, `bool` and literals give the structure; atoms are what the leaf solvers
(numbers, strings, arrays, objects) understand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeGuard

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


@dataclass(frozen=True)
class And:
    """All parts hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """One part holds at least. `by` and `keyword` say who asks, for explanations."""

    parts: tuple[Formula, ...]
    by: int = -1
    keyword: str = ""


Formula = bool | Literal | Atom | And | Or


def is_literal(formula: Formula) -> TypeGuard[Literal]:
    """Whether a formula is a literal (`bool` is a kind of `int` to Python only)."""
    return isinstance(formula, int) and not isinstance(formula, bool)


def conjunction(parts: Iterable[Formula]) -> Formula:
    """All of the parts; what is certain or single does not nest."""
    kept: list[Formula] = []
    for part in parts:
        if part is False:
            return False
        if isinstance(part, And):
            kept.extend(part.parts)
        elif part is not True:
            kept.append(part)
    return kept[0] if len(kept) == 1 else And(tuple(kept)) if kept else True


def disjunction(parts: Iterable[Formula], by: int = -1, keyword: str = "") -> Formula:
    """One of the parts at least; what is certain or single does not nest."""
    kept: list[Formula] = []
    for part in parts:
        if part is True:
            return True
        if isinstance(part, Or) and not part.keyword:
            kept.extend(part.parts)
        elif part is not False:
            kept.append(part)
    if not kept:
        return False
    return kept[0] if len(kept) == 1 else Or(tuple(kept), by, keyword)


def negate(formula: Formula) -> Formula:
    """The exact negation."""
    match formula:
        case bool():
            return not formula
        case int():
            return opposite(formula)
        case And(parts):
            return disjunction(negate(part) for part in parts)
        case Or(parts):
            return conjunction(negate(part) for part in parts)
        case _:
            return _negate_atom(formula)


def _negate_atom(atom: Atom) -> Formula:  # noqa: PLR0911 - one return a case
    by, keyword = atom.by, atom.keyword
    match atom:
        case AtLeast(limit=limit, strict=strict):
            return AtMost(by, keyword, limit, not strict)
        case AtMost(limit=limit, strict=strict):
            return AtLeast(by, keyword, limit, not strict)
        case Multiple(step=step, wanted=wanted):
            return Multiple(by, keyword, step, not wanted)
        case Match(pattern=pattern, wanted=wanted):
            return Match(by, keyword, pattern, not wanted)
        case Formatted(name=name, wanted=wanted):
            return Formatted(by, keyword, name, not wanted)
        case Among(values=values, wanted=wanted):
            return Among(by, keyword, values, not wanted)
        case Opaque(key=key, reason=reason, wanted=wanted):
            return Opaque(by, keyword, key, reason, not wanted)
        case Unique(wanted=wanted):
            return Unique(by, keyword, not wanted)
        case _:
            return _negate_structural(atom)


def _negate_structural(atom: Atom) -> Formula:  # noqa: PLR0911 - one return a case
    by, keyword = atom.by, atom.keyword
    match atom:
        case Size(low=low, high=high):
            return outside_range(low, high, lambda a, b: Size(by, keyword, a, b))
        case Contains(literal=literal, low=low, high=high):
            return outside_range(low, high, lambda a, b: Contains(by, keyword, literal, a, b))
        case Items(start=start, literal=literal, only=only):
            return SomeItem(by, keyword, start, opposite(literal), only)
        case SomeItem(start=start, literal=literal, only=only):
            return Items(by, keyword, start, opposite(literal), only)
        case Has(name=name):
            return Lacks(by, keyword, name)
        case Lacks(name=name):
            return Has(by, keyword, name)
        case Each(names=names, literal=literal):
            return Some(by, keyword, names, opposite(literal))
        case Some(names=names, literal=literal):
            return Each(by, keyword, names, opposite(literal))
        case EachName(literal=literal):
            return SomeName(by, keyword, opposite(literal))
        case SomeName(literal=literal):
            return EachName(by, keyword, opposite(literal))
        case Members():
            return disjunction(negate(part) for part in atom.parts())
    raise TypeError(atom)


def outside_range(low: int, high: int | None, make: Callable[[int, int | None], Atom]) -> Formula:
    """Below `low` or above `high`, built with `make(low, high)`."""
    parts: list[Formula] = []
    if low > 0:
        parts.append(make(0, low - 1))
    if high is not None:
        parts.append(make(high + 1, None))
    return disjunction(parts)
