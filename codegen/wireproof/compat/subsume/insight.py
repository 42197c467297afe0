"""What is seen of a case without unfolding it further: options that are certain or impossible."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from wireproof.compat.subsume.arrays import ItemDemands
from wireproof.compat.subsume.atoms import (
    Has,
    Lacks,
    Literal,
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
    is_literal,
)
from wireproof.compat.subsume.members import MemberDemands
from wireproof.compat.subsume.outcome import (
    Asked,
    Beside,
    Goal,
    Outcome,
    Unsat,
    goal,
)
from wireproof.compat.subsume.regex import UnsupportedPattern

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver


Deciding = Generator[Asked, Outcome, bool]


class Insight:
    """Judges options against a case; some questions are put to the solver."""

    def __init__(self, solver: Solver, asked: Goal) -> None:
        self._solver = solver
        self._asked = asked
        self._graph = solver.graph
        self._adding: dict[int, tuple[bool, Or]] = {}

    def clashes(self, case: Case, literal: Formula) -> Deciding:
        """Whether the sender's schemas and another one have no value in common, by proof."""
        if not is_literal(literal):
            return False
        ours = [each for each in case.plain if self._graph.is_senders(each)]
        if not ours or self._graph.is_senders(literal):
            return False
        both = goal(ours, (literal,))
        return both is None or (both != self._asked and isinstance((yield Beside(both)), Unsat))

    def grows(self, choices: Iterable[Or]) -> bool:
        """Whether an open choice may add a schema of the sender.

        That would add names that the sender may use, so what looks impossible may not be yet.
        """
        return any(self._adds_senders(choice) for choice in choices)

    def _adds_senders(self, choice: Or) -> bool:
        known = self._adding.get(id(choice))
        if known is None:
            adds = any(
                isinstance(part, And) or (is_literal(part) and self._graph.is_senders(part))
                for part in choice.parts
            )
            known = self._adding[id(choice)] = (adds, choice)  # kept, so that its id stays its own
        return known[0]

    def truth(self, case: Case, part: Formula) -> bool | None:
        """Whether an option is certain (True) or impossible (False), as far as is seen at once."""
        match part:
            case bool():
                return part
            case int():
                if case.truths[0] != len(case.literals):
                    case.truths = (len(case.literals), {})
                truths = case.truths[1]
                if part not in truths:
                    truths[part] = self._literal_truth(case, part)
                return truths[part]
            case Has(name=name):
                return True if name in case.has else False if name in case.lacks else None
            case Lacks(name=name):
                return True if name in case.lacks else False if name in case.has else None
            case And(parts):
                found = [self.truth(case, each) for each in parts]
                return False if False in found else None if None in found else True
        return None

    def _literal_truth(self, case: Case, literal: Literal) -> bool | None:
        if literal <= 1:
            return literal == 0
        canonical = self._solver.kin.canonical(literal)
        if canonical in case.canonical:
            return True
        if opposite(canonical) in case.canonical:
            return False
        if self.excluded(case, literal):
            return not is_positive(literal)
        return False if not is_positive(literal) and self.copied(case, literal) else None

    def excluded(self, case: Case, literal: Literal) -> bool:
        """Whether a schema that holds is disjoint with the one of a literal."""
        kin = self._solver.kin
        return any(kin.disjoint(plain >> 1, literal >> 1) for plain in case.plain)

    def copied(self, case: Case, literal: Literal) -> bool:
        """Whether a schema that holds is written like the one of a literal."""
        kin = self._solver.kin
        return any(kin.same(held >> 1, literal >> 1) for held in case.held)

    def certain(self, case: Case, atom: Some | SomeItem) -> Deciding:
        """Whether a property that is present anyway cannot fail to be what is asked for."""
        name = atom.names.one if isinstance(atom, Some) else None
        if name is None or name not in case.has:
            return False
        try:
            literals = self._members(case).literals(name)
        except UnsupportedPattern:
            return False
        fails = goal(literals, (opposite(atom.literal),))
        if fails is None:
            return True
        # Only a settled answer counts: this one speaks *for* a value, and what is merely assumed
        # to have none may turn out to have one.
        yield fails
        return isinstance(self._solver.settled(fails), Unsat)

    def possible(self, case: Case, atom: Some | SomeItem) -> Deciding:
        """Whether a part of the value can satisfy what is asked of it, looked at by itself."""
        try:
            literals = (
                self._named(case, atom)
                if isinstance(atom, Some)
                else ItemDemands(case.atoms).beside(atom)
            )
        except UnsupportedPattern:
            return True
        if literals is None:
            return True
        part = goal(literals, (atom.literal,))
        if part is None:
            return False
        return not isinstance((yield part), Unsat)

    def _members(self, case: Case) -> MemberDemands:
        """The demands on properties so far."""
        if case.members is None or case.members[0] != len(case.atoms):
            case.members = (len(case.atoms), MemberDemands(self._solver, case.atoms))
        return case.members[1]

    def _named(self, case: Case, atom: Some) -> list[Literal] | None:
        name = atom.names.one
        if name is None:
            return None
        if name in case.lacks:
            return [1]
        demands = self._members(case)
        return demands.literals(name) if demands.allowed(name) else [1]
