"""The solver: finds a value that satisfies signed schemas together, or shows that none exists.

`A` is subsumed by `B` exactly when the goal {A, not B} has no value; a value of it is the witness.
A goal is split by JSON type, its schemas are unfolded into cases (`cases`), and each case is
handed to the leaf solver of its type, which asks for goals about items and properties in turn.

A goal that is asked for while it is being solved is answered with "no value": values are finite,
so a goal has a value only if it has one that does not need itself (a least fixed point, which
makes subsumption the greatest: coinduction). What was concluded on that assumption is kept apart
until the assumption is confirmed, and dropped if it is refuted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wireproof.compat.subsume.atoms import (
    Atom,
    opposite,
)
from wireproof.compat.subsume.cases import Cases
from wireproof.compat.subsume.graph import Graph
from wireproof.compat.subsume.outcome import (
    UNSAT,
    Asking,
    Goal,
    Outcome,
    OutOfSteps,
    Sat,
    Tally,
    undecided,
)
from wireproof.compat.subsume.sameness import Kinship
from wireproof.compat.subsume.values import Kind

ORDER: tuple[Kind, ...] = ("string", "number", "boolean", "null", "array", "object")
"""Types in the order in which a value is looked for: the plainest first."""

NEVER = 1 << 60


@dataclass(slots=True)
class _Frame:
    """A goal that is being solved. `low` is the outermost frame that its outcome rests on."""

    goal: Goal
    asking: Asking
    low: int = NEVER
    drafts: list[Goal] = field(default_factory=list)


class Solver:
    """Solves goals over one graph, remembering every outcome.

    Attributes:
        graph: The schemas.
        kin: Equality and disjointness of nodes, found cheaply.
        open_world: See `Options`.
        steps: What is left of the budget; set it before every question.
        words: Outcomes of questions about strings, by their demands.
    """

    def __init__(self, graph: Graph, kin: Kinship, *, open_world: bool) -> None:
        self.graph = graph
        self.kin = kin
        self.open_world = open_world
        self.steps = 0
        self.words: dict[tuple[frozenset[Atom], tuple[str, ...]], Outcome] = {}
        self._final: dict[Goal, Outcome] = {}
        self._drafts: dict[Goal, tuple[Outcome, int]] = {}
        self._active: dict[Goal, int] = {}

    def spend(self, steps: int) -> None:
        """Take from the budget. Raises OutOfSteps when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise OutOfSteps

    def solve(self, question: Goal) -> Outcome:
        """The outcome of a goal, within the budget."""
        try:
            return self._run(question)
        except OutOfSteps:
            return undecided("the step budget was used up")
        finally:
            self._active.clear()
            self._drafts.clear()

    def _run(self, question: Goal) -> Outcome:
        stack: list[_Frame] = []
        answer = self._lookup(question, stack)
        while stack:
            frame = stack[-1]
            try:
                if answer is None:
                    asked = next(frame.asking)
                else:
                    outcome, low = answer
                    frame.low = min(frame.low, low)
                    asked = frame.asking.send(outcome)
                answer = self._lookup(asked, stack)
            except StopIteration as done:
                answer = self._close(stack, done.value)
        assert answer is not None  # noqa: S101 - the outermost frame has closed
        return answer[0]

    def _lookup(self, asked: Goal, stack: list[_Frame]) -> tuple[Outcome, int] | None:
        """What is known about a goal; None after a frame for it has been opened."""
        self.spend(1)
        if not asked:
            return Sat("a"), NEVER
        asked = self._plain(asked)
        final = self._final.get(asked)
        if final is not None:
            return final, NEVER
        draft = self._drafts.get(asked)
        if draft is not None:
            return draft
        position = self._active.get(asked)
        if position is not None:
            return UNSAT, position
        if self._contradicts(asked):
            self._final[asked] = UNSAT
            return UNSAT, NEVER
        self._active[asked] = len(stack)
        stack.append(_Frame(asked, self.search(asked)))
        return None

    def _plain(self, asked: Goal) -> Goal:
        """The goal, scalars by what they mean."""
        return frozenset(map(self.kin.scalar, asked))

    def _contradicts(self, asked: Goal) -> bool:
        """Whether a goal wants and denies schemas that are written alike."""
        literals = {self.kin.canonical(literal) for literal in asked}
        return any(opposite(literal) in literals for literal in literals)

    def _close(self, stack: list[_Frame], outcome: Outcome) -> tuple[Outcome, int]:
        """Take the innermost frame off; settle or drop what was concluded inside of it."""
        frame = stack.pop()
        position = len(stack)
        del self._active[frame.goal]
        if isinstance(outcome, Sat):  # built from real values: rests on nothing
            self._final[frame.goal] = outcome
            for draft in frame.drafts:
                self._drafts.pop(draft, None)
            return outcome, NEVER
        if frame.low >= position:
            self._final[frame.goal] = outcome
            for draft in frame.drafts:
                if draft in self._drafts:
                    self._final[draft] = self._drafts.pop(draft)[0]
            return outcome, NEVER
        self._drafts[frame.goal] = (outcome, frame.low)
        stack[-1].drafts += [*frame.drafts, frame.goal]
        return outcome, frame.low

    def settled(self, asked: Goal) -> Outcome | None:
        """The outcome of a goal that has been solved and rests on no assumption."""
        return self._final.get(self._plain(asked))

    def search(self, asked: Goal) -> Asking:
        """The computation of a goal's outcome, asking for those of other goals."""
        tally = Tally()
        kinds = set(ORDER).intersection(*(self.graph.kinds(literal) for literal in asked))
        for kind in (each for each in ORDER if each in kinds):
            outcome = yield from Cases(self, asked, kind).search()
            if isinstance(outcome, Sat):
                return outcome
            tally.note(outcome)
        return tally.outcome()
