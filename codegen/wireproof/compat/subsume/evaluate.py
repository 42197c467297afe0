"""Whether a given value satisfies schemas, by the same formulas that the solver unfolds.

Used where a schema lists its values, and to say which keyword refuses a witness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.atoms import (
    Among,
    AtLeast,
    AtMost,
    Atom,
    Contains,
    Each,
    EachName,
    Formatted,
    Has,
    Items,
    Lacks,
    Literal,
    Match,
    Members,
    Multiple,
    Opaque,
    Size,
    Some,
    SomeItem,
    SomeName,
    Unique,
    matches,
    opposite,
)
from wireproof.compat.subsume.automata import member, pattern_language
from wireproof.compat.subsume.formula import (
    And,
    Formula,
    Or,
)
from wireproof.compat.subsume.graph import Graph
from wireproof.compat.subsume.reading import CIRCULAR
from wireproof.compat.subsume.regex import UnsupportedPattern
from wireproof.compat.subsume.values import UnreadableNumber, exact, freeze, kind_of
from wireproof.ir.samples.searching import searcher
from wireproof.source.node import Json

Truth = bool | None
"""None: not decided."""


class Evaluation:
    """Evaluates literals; `doubt` is the last reason why one could not be decided."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._asked: set[tuple[Literal, int]] = set()
        self.doubt = ""

    def all_hold(self, literals: Iterable[Literal], value: Json) -> Truth:
        """Whether a value satisfies all literals."""
        return _all(partial(self.holds, literal, value) for literal in literals)

    def holds(self, literal: Literal, value: Json) -> Truth:
        """Whether a value satisfies a literal."""
        if literal & 1:
            return _not(self.holds(opposite(literal), value))
        key = (literal, id(value))
        if key in self._asked:
            self.doubt = CIRCULAR
            return None
        self._asked.add(key)
        try:
            return self.true(self._graph.formula(literal, kind_of(value)), value)
        finally:
            self._asked.discard(key)

    def true(self, formula: Formula, value: Json) -> Truth:  # noqa: PLR0911 - one return a case
        """Whether a value satisfies a formula made for its type."""
        match formula:
            case bool():
                return formula
            case int():
                return self.holds(formula, value)
            case And(parts):
                return _all(partial(self.true, part, value) for part in parts)
            case Or(parts):
                return _any(partial(self.true, part, value) for part in parts)
            case Opaque(reason=reason):
                self.doubt = reason
                return None
            case Among(values=values, wanted=wanted):
                key = freeze(value)
                return any(freeze(each) == key for each in values) == wanted
            case _:
                try:
                    return self._atom(formula, value)
                except UnsupportedPattern as problem:
                    self.doubt = str(problem)
                    return None

    def _atom(self, atom: Atom, value: Json) -> Truth:
        match value:
            case dict():
                return self._object(atom, value)
            case list():
                return self._array(atom, value)
            case str():
                return self._string(atom, value)
            case _:
                return self._number(atom, value)

    def _number(self, atom: Atom, value: Json) -> Truth:
        try:
            number = exact(value)
        except UnreadableNumber:
            self.doubt = "a number is too extreme to be compared"
            return None
        match atom:
            case AtLeast(limit=limit, strict=strict):
                return number > limit if strict else number >= limit
            case AtMost(limit=limit, strict=strict):
                return number < limit if strict else number <= limit
            case Multiple(step=step, wanted=wanted):
                return (number % step == 0) == wanted
        self.doubt = f"{atom.keyword} is not decided"
        return None

    def _string(self, atom: Atom, value: str) -> Truth:
        match atom:
            case Size(low=low, high=high):
                return low <= len(value) and (high is None or len(value) <= high)
            case Match(pattern=pattern, wanted=wanted):
                return self._matches(pattern, value, wanted=wanted)
            case Formatted(name=name, wanted=wanted):
                return self._has_format(name, value, wanted=wanted)
        raise TypeError(atom)

    def _matches(self, pattern: str, value: str, *, wanted: bool) -> Truth:
        try:
            return matches(pattern, value) == wanted
        except UnsupportedPattern as problem:
            judge = searcher(pattern)
            self.doubt = str(problem)
            return None if judge is None else judge(value) == wanted

    def _has_format(self, name: str, value: str, *, wanted: bool) -> Truth:
        if name in formats.LANGUAGES:
            return member(pattern_language(formats.LANGUAGES[name]), value) == wanted
        if name in formats.PREDICATES:
            return formats.is_member(name, value) == wanted
        self.doubt = f"format '{name}' is not known"
        return None

    def _array(self, atom: Atom, value: list[Json]) -> Truth:
        match atom:
            case Size(low=low, high=high):
                return low <= len(value) and (high is None or len(value) <= high)
            case Unique(wanted=wanted):
                return (len({freeze(item) for item in value}) == len(value)) == wanted
            case Items(start=start, literal=literal, only=only):
                part = value[start : start + 1 if only else None]
                return _all(partial(self.holds, literal, item) for item in part)
            case SomeItem(start=start, literal=literal, only=only):
                part = value[start : start + 1 if only else None]
                return _any(partial(self.holds, literal, item) for item in part)
            case Contains(literal=literal, low=low, high=high):
                truths = [self.holds(literal, item) for item in value]
                if None in truths:
                    return None
                return low <= sum(map(bool, truths)) <= (len(value) if high is None else high)
        raise TypeError(atom)

    def _object(self, atom: Atom, value: dict[str, Json]) -> Truth:  # noqa: PLR0911 - one return a case
        match atom:
            case Size(low=low, high=high):
                return low <= len(value) and (high is None or len(value) <= high)
            case Has(name=name):
                return name in value
            case Lacks(name=name):
                return name not in value
            case Each(names=names, literal=literal):
                part = [item for name, item in value.items() if names.has(name)]
                return _all(partial(self.holds, literal, item) for item in part)
            case Some(names=names, literal=literal):
                part = [item for name, item in value.items() if names.has(name)]
                return _any(partial(self.holds, literal, item) for item in part)
            case EachName(literal=literal):
                return _all(partial(self.holds, literal, name) for name in value)
            case SomeName(literal=literal):
                return _any(partial(self.holds, literal, name) for name in value)
            case Members():
                return _all(
                    partial(self.all_hold, atom.literals(name), item)
                    for name, item in value.items()
                )
        raise TypeError(atom)


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _all(tests: Iterable[Callable[[], Truth]]) -> Truth:
    found: Truth = True
    for test in tests:
        truth = test()
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def _any(tests: Iterable[Callable[[], Truth]]) -> Truth:
    found: Truth = False
    for test in tests:
        truth = test()
        if truth:
            return True
        if truth is None:
            found = None
    return found
