"""The solver: finds a value that satisfies signed schemas together, or shows that none exists.

`A` is subsumed by `B` exactly when the goal {A, not B} has no value; a value of it is the witness.
A goal is split by JSON type, its schemas are unfolded into cases (`cases`), and each case is
handed to the leaf solver of its type, which asks for goals about items and properties in turn.

A goal that is asked for while it is being solved is answered with "no value": values are finite,
so a goal has a value only if it has one that does not need itself (a least fixed point, which
makes subsumption the greatest: coinduction). What was concluded on that assumption is kept apart
until the assumption is confirmed, and dropped if it is refuted. The argument needs a smaller value
at each turn of the circle: questions beside a value that lead back to themselves stay open.
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
    Asked,
    Asking,
    Beside,
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
    """A goal that is being solved.

    Attributes:
        beside: Whether it is about the same value as the frame below.
        low: The outermost frame that its outcome rests on.
        near: The same, as far as it rests on assumptions about its very value.
    """

    goal: Goal
    asking: Asking
    beside: bool
    low: int = NEVER
    near: int = NEVER
    drafts: list[Goal] = field(default_factory=list)


Answer = tuple[Outcome, int, int]
"""An outcome, and `low` and `near` of the frame that came to it."""

_CIRCULAR: Answer = (undecided("a question about a value rests on itself"), NEVER, NEVER)


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
        self._drafts: dict[Goal, Answer] = {}
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
                    outcome, low, near = answer
                    frame.low = min(frame.low, low)
                    frame.near = min(frame.near, near)
                    asked = frame.asking.send(outcome)
                answer = self._lookup(asked, stack)
            except StopIteration as done:
                answer = self._close(stack, done.value)
        assert answer is not None  # noqa: S101 - the outermost frame has closed
        return answer[0]

    def _lookup(self, question: Asked, stack: list[_Frame]) -> Answer | None:
        """What is known about a goal; None after a frame for it has been opened."""
        self.spend(1)
        beside = isinstance(question, Beside)
        asked = self._plain(question.goal if isinstance(question, Beside) else question)
        known = self._known(asked)
        if known is None:
            known = self._assumed(asked, stack, beside=beside)
        if known is None:
            self._active[asked] = len(stack)
            stack.append(_Frame(asked, self.search(asked), beside))
        return known

    def _known(self, asked: Goal) -> Answer | None:
        """What holds for certain."""
        final = self._final.get(asked)
        if final is None:
            if not asked:
                final = Sat("a")
            elif self._contradicts(asked):
                final = self._final[asked] = UNSAT
            else:
                return None
        return final, NEVER, NEVER

    def _assumed(self, asked: Goal, stack: list[_Frame], *, beside: bool) -> Answer | None:
        """What holds as long as goals that are being solved have no value."""
        draft = self._drafts.get(asked)
        if draft is not None:
            outcome, low, near = draft
            if beside and near != NEVER:
                return _CIRCULAR
            return outcome, low, NEVER
        position = self._active.get(asked)
        if position is None:
            return None
        if beside and all(frame.beside for frame in stack[position + 1 :]):
            return _CIRCULAR
        return UNSAT, position, position if beside else NEVER

    def _plain(self, asked: Goal) -> Goal:
        """The goal, scalars by what they mean."""
        return frozenset(map(self.kin.scalar, asked))

    def _contradicts(self, asked: Goal) -> bool:
        """Whether a goal wants and denies schemas that are written alike."""
        literals = {self.kin.canonical(literal) for literal in asked}
        return any(opposite(literal) in literals for literal in literals)

    def _close(self, stack: list[_Frame], outcome: Outcome) -> Answer:
        """Take the innermost frame off; settle or drop what was concluded inside of it."""
        frame = stack.pop()
        position = len(stack)
        del self._active[frame.goal]
        if isinstance(outcome, Sat):  # built from real values: rests on nothing
            self._final[frame.goal] = outcome
            for draft in frame.drafts:
                self._drafts.pop(draft, None)
            return outcome, NEVER, NEVER
        if frame.low >= position:
            self._final[frame.goal] = outcome
            for draft in frame.drafts:
                if draft in self._drafts:
                    self._final[draft] = self._drafts.pop(draft)[0]
            return outcome, NEVER, NEVER
        self._drafts[frame.goal] = (outcome, frame.low, frame.near)
        stack[-1].drafts += [*frame.drafts, frame.goal]
        return outcome, frame.low, frame.near if frame.beside else NEVER

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
