"""Schemas as logic: formulas over literals (schema, sign) and atoms (one keyword's demand).

For one JSON type, a schema is a conjunction of keyword demands, and each demand has an exact
negation. `Or`, `And`, `bool` and literals give the structure; atoms are what the leaf solvers
(numbers, strings, arrays, objects) understand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeGuard

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
    opposite,
)
from wireproof.compat.subsume.values import Kind, kind_of
from wireproof.source.node import Json


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


def among(by: int, keyword: str, values: tuple[Json, ...], kind: Kind) -> Formula:
    """One of the values, as far as they are of this type."""
    fitting = tuple(value for value in values if kind_of(value) == kind)
    return Among(by, keyword, fitting, wanted=True) if fitting else False


def is_literal(formula: Formula) -> TypeGuard[Literal]:
    """Whether a formula is a literal (`bool` is a kind of `int` to Python only)."""
    return type(formula) is int


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
