"""Unfolding a goal, for one JSON type, into cases that hold no more choices.

Schemas that must hold are unfolded first, and their choices made first: only then is it known
what the schemas that must not hold are up against. Most of those are settled without unfolding:
one that a positive schema implies ends the case, one that a positive schema excludes is dropped.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from wireproof.compat.subsume.arrays import solve_array
from wireproof.compat.subsume.atoms import (
    Among,
    Atom,
    Literal,
    Some,
    SomeItem,
    is_positive,
)
from wireproof.compat.subsume.case import Case
from wireproof.compat.subsume.evaluate import Evaluation
from wireproof.compat.subsume.formula import (
    Formula,
    Or,
    is_literal,
)
from wireproof.compat.subsume.insight import Deciding, Insight
from wireproof.compat.subsume.leaves import solve_boolean, solve_null, solve_number
from wireproof.compat.subsume.objects import solve_object
from wireproof.compat.subsume.outcome import (
    Asked,
    Asking,
    Beside,
    Goal,
    Outcome,
    Sat,
    Tally,
    Unsat,
    goal,
    undecided,
)
from wireproof.compat.subsume.strings import solve_string
from wireproof.compat.subsume.unfolding import Unfolding
from wireproof.compat.subsume.values import Kind

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

FEW = 2
"""Choices of more options are worth a proof that one of them is out."""


class Cases:
    """The cases of one goal for one type of value."""

    def __init__(self, solver: Solver, asked: Goal, kind: Kind) -> None:
        self._solver = solver
        self._graph = solver.graph
        self._asked = asked
        self._kind: Kind = kind
        self._unfolding = Unfolding(solver.graph, solver.kin, kind)
        self._insight = Insight(solver, asked)

    def search(self) -> Asking:
        """The first case that has a value, or none."""
        tally = Tally()
        first = Case()
        stack = [first] if self._unfolding.unfold(first, sorted(self._asked)) else []
        while stack:
            self._solver.spend(1)
            case = stack.pop()
            if any(self._insight.copied(case, literal) for literal in case.denied):
                continue
            if case.among is not None:
                outcome = self._enumerate(case.among)
            elif case.choices:
                stack += yield from self._branch(case)
                continue
            elif case.denied:
                if (yield from self._deny(case)):
                    stack.append(case)
                continue
            else:
                outcome = yield from self._leaf(case.atoms)
            if isinstance(outcome, Sat):
                return outcome
            tally.note(outcome)
        return tally.outcome()

    def _enumerate(self, among: Among) -> Outcome:
        """A value must be one of a few: try them against the whole goal."""
        evaluation = Evaluation(self._graph)
        tally = Tally()
        for value in among.values:
            self._solver.spend(1)
            holds = evaluation.all_hold(self._asked, value)
            if holds:
                return Sat(value)
            if holds is None:
                tally.note(undecided(evaluation.doubt))
        return tally.outcome()

    def _deny(self, case: Case) -> Deciding:
        """Take in the schemas that must not hold; False where the case is impossible."""
        denied, case.denied = case.denied, []
        branching: list[tuple[Literal, Formula]] = []
        for literal in denied:
            formula = self._graph.formula(literal, self._kind)
            if not isinstance(formula, Or):
                if not self._unfolding.unfold(case, (formula,)):
                    return False
            elif not self._insight.excluded(case, literal):
                branching.append((literal, formula))
        if len(branching) + len(case.plain) > 2:  # noqa: PLR2004 - one of each is the goal itself
            for literal, _ in branching:
                if (yield from self._implied(case, literal)):
                    return False
        return self._unfolding.unfold(case, (formula for _, formula in branching))

    def _implied(self, case: Case, literal: Literal) -> Deciding:
        """Whether what holds implies the schema that is denied, other denials left aside.

        All of the sender's schemas are kept: which names it may use follows from them together.
        """
        ours = [each for each in case.plain if self._graph.is_senders(each)]
        if ours and any(
            self._graph.is_senders_atom(a) and 2 * a.by not in ours for a in case.atoms
        ):
            return False
        for group in [ours] if ours else [[plain] for plain in case.plain]:
            part = goal(group, (literal,))
            if part is not None and part != self._asked:
                outcome = yield Beside(part)
                if isinstance(outcome, Unsat):
                    return True
        return False

    def _branch(self, case: Case) -> Generator[Asked, Outcome, list[Case]]:
        """Decide the choice with the fewest open options; the cases it leads to, last first.

        What has no alternative is taken in first, and may settle the others: then the case itself
        is what it leads to.
        """
        todo = sorted(case.choices, key=_asks)
        case.choices = []
        open_choices: list[tuple[Or, list[Formula]]] = []
        narrowed = False
        settled = not self._insight.grows(todo)
        for place, choice in enumerate(todo):
            several = len(todo) > 1
            options = yield from self._options(case, choice, settled=settled, several=several)
            if options is None:
                continue
            if len(options) > 1:
                open_choices.append((choice, options))
            elif options and self._unfolding.unfold(case, options):
                narrowed = True
                left = (*(each for each, _ in open_choices), *todo[place + 1 :], *case.choices)
                settled = not self._insight.grows(left)
            else:
                return []
        case.choices = [*(choice for choice, _ in open_choices), *case.choices]
        if narrowed or not open_choices:
            return [case]
        chosen, options = min(open_choices, key=lambda each: len(each[1]))
        case.choices = [choice for choice in case.choices if choice is not chosen]
        found: list[Case] = []
        for option in options:
            following = case.copy()
            if self._unfolding.unfold(following, (option,)):
                found.append(following)
        return found[::-1]

    def _options(
        self, case: Case, choice: Or, *, settled: bool, several: bool
    ) -> Generator[Asked, Outcome, list[Formula] | None]:
        """The options that are not impossible; None where one of them holds already.

        Proofs are asked for only where the sender's schemas are `settled`; that one holds already
        is worth knowing where there are `several` choices.
        """
        found: list[Formula] = []
        for part in choice.parts:
            self._solver.spend(1)
            truth = self._insight.truth(case, part)
            if truth:
                return None
            if truth is False:
                continue
            if isinstance(part, Some | SomeItem) and settled:
                if not (yield from self._insight.possible(case, part)):
                    continue
                if several and (yield from self._insight.certain(case, part)):
                    return None
            found.append(part)
        if len(found) > FEW and settled:
            return (yield from self._without_clashes(case, found))
        return found

    def _without_clashes(
        self, case: Case, options: list[Formula]
    ) -> Generator[Asked, Outcome, list[Formula]]:
        found: list[Formula] = []
        for part in options:
            wanted = is_literal(part) and is_positive(part)
            if not wanted or not (yield from self._insight.clashes(case, part)):
                found.append(part)
        return found

    def _leaf(self, atoms: list[Atom]) -> Asking:
        solver = self._solver
        match self._kind:
            case "null":
                return solve_null(atoms)
            case "boolean":
                return solve_boolean(atoms)
            case "number":
                return solve_number(atoms)
            case "string":
                return solve_string(solver, atoms)
            case "array":
                return (yield from solve_array(solver, atoms))
            case "object":
                return (yield from solve_object(solver, atoms))


def _asks(choice: Or) -> bool:
    """Whether deciding a choice takes more than a look at the schemas that hold."""
    return any(not is_literal(part) for part in choice.parts)
