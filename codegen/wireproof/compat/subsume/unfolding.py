"""Adding formulas to a case: literals are opened, choices put aside, atoms collected."""

from __future__ import annotations

from collections.abc import Iterable

from wireproof.compat.subsume.atoms import (
    Among,
    Atom,
    Has,
    Lacks,
    Literal,
    Names,
    Size,
    Some,
    SomeItem,
    is_positive,
    opposite,
)
from wireproof.compat.subsume.case import Case
from wireproof.compat.subsume.formula import (
    And,
    Formula,
    Or,
    disjunction,
)
from wireproof.compat.subsume.graph import Graph
from wireproof.compat.subsume.sameness import Kinship
from wireproof.compat.subsume.values import Kind, kind_of


class Unfolding:
    """Adds to cases about one type of value."""

    def __init__(self, graph: Graph, kin: Kinship, kind: Kind) -> None:
        self._graph = graph
        self._kin = kin
        self._kind: Kind = kind

    def unfold(self, case: Case, formulas: Iterable[Formula]) -> bool:
        """Add formulas to a case; False where it has become impossible."""
        pending = list(formulas)[::-1]
        while pending:
            formula = pending.pop()
            match formula:
                case bool():
                    if not formula:
                        return False
                case int():
                    if not self._add_literal(case, formula, pending):
                        return False
                case And(parts):
                    pending.extend(reversed(parts))
                case Or():
                    case.choices.append(formula)
                case _:
                    if not self._add_atom(case, formula, pending):
                        return False
        return True

    def _add_literal(self, case: Case, literal: Literal, pending: list[Formula]) -> bool:
        if literal <= 1:
            return literal == 0
        if literal in case.literals:
            return True
        canonical = self._kin.canonical(literal)
        if opposite(canonical) in case.canonical:
            return False
        if canonical != literal and canonical in case.canonical:
            return True  # the sender's own schema, which is written alike, is there already
        case.literals.add(literal)
        case.canonical.add(canonical)
        if not is_positive(literal):
            case.denied.append(literal)
            return True
        case.held.append(literal)
        formula = self._graph.formula(literal, self._kind)
        if not _is_combination(formula):
            case.plain.append(literal)
        pending.append(formula)
        return True

    def _add_atom(self, case: Case, atom: Atom, pending: list[Formula]) -> bool:
        match atom:
            case Has(name=name):
                case.has.add(name)
                if name in case.lacks:
                    return False
            case Lacks(name=name):
                case.lacks.add(name)
                if name in case.has:
                    return False
            case Among(wanted=True):
                case.among = case.among or atom
            case Among(values=values) if self._kind in {"array", "object"}:
                pending.extend(self._unlike(atom, value) for value in values)
                return True
        case.atoms.append(atom)
        return True

    def _unlike(self, atom: Among, value: object) -> Formula:
        """Differs from an array or an object: in its size, or in one of its parts."""
        by, keyword = atom.by, atom.keyword
        parts: list[Formula] = []
        if kind_of(value) != self._kind:
            return True
        if isinstance(value, dict):
            for name, item in value.items():
                unlike = opposite(self._graph.constant([item]))
                parts.append(Lacks(by, keyword, name))
                parts.append(Some(by, keyword, Names(one=name), unlike))
            others = Names(excluded=frozenset(value))
            parts.append(Some(by, keyword, others, 0))
        elif isinstance(value, list):
            if value:
                parts.append(Size(by, keyword, 0, len(value) - 1))
            parts.append(Size(by, keyword, len(value) + 1, None))
            for index, item in enumerate(value):
                unlike = opposite(self._graph.constant([item]))
                parts.append(SomeItem(by, keyword, index, unlike, only=True))
        return disjunction(parts)


def _is_combination(formula: Formula) -> bool:
    """Whether a formula has nothing but other schemas in it."""
    parts = formula.parts if isinstance(formula, And) else (formula,)
    return all(isinstance(part, int | Or) for part in parts)
