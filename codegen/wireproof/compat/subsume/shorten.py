"""Shorter witnesses: the same question answered breadth first.

The solver goes depth first, which is quick to find a value and careless about how far it nests.
Here goals are taken in rounds: in each, a goal may use only the values that earlier rounds found,
and is tried again when a goal that it waits for gets a value. What comes out first nests least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.compat.subsume.outcome import UNSAT, Beside, Goal, Outcome, Sat
from wireproof.compat.subsume.values import depth_of

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

SHALLOW = 1
"""Values that nest no more than this are taken from the solver as they are."""


class Shortener:
    """Breadth-first answers to goals that a solver has found values for."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self._known: dict[Goal, Sat] = {}
        self._waiting: dict[Goal, dict[Goal, None]] = {}

    def shorten(self, asked: Goal) -> Sat | None:
        """A value of a goal that nests little. Raises OutOfSteps."""
        queue, seen = [asked], {asked}
        while queue and asked not in self._known:
            found: list[tuple[Goal, Sat]] = []
            following: dict[Goal, None] = {}
            for each in queue:
                if each in self._known:
                    continue
                outcome, missing = self._attempt(each)
                if isinstance(outcome, Sat):
                    found.append((each, outcome))
                    continue
                for part in missing:
                    self._waiting.setdefault(part, {})[each] = None
                    if part not in seen:
                        seen.add(part)
                        following[part] = None
            for each, outcome in found:
                self._known[each] = outcome
                following.update(self._waiting.pop(each, {}))
            queue = list(following)
        return self._known.get(asked)

    def _attempt(self, asked: Goal) -> tuple[Outcome, dict[Goal, None]]:
        """The outcome with what is known so far, and the goals that had no value yet."""
        missing: dict[Goal, None] = {}
        asking = self._solver.search(asked)
        try:
            asked_for = next(asking)
            while True:
                self._solver.spend(1)
                part = asked_for.goal if isinstance(asked_for, Beside) else asked_for
                outcome = self._answer(part)
                if outcome is None:
                    missing[part] = None
                    outcome = UNSAT
                asked_for = asking.send(outcome)
        except StopIteration as done:
            return done.value, missing

    def _answer(self, part: Goal) -> Outcome | None:
        if not part:
            return Sat("a")
        if part in self._known:
            return self._known[part]
        settled = self._solver.settled(part)
        if isinstance(settled, Sat):
            if depth_of(settled.value, SHALLOW + 1) <= SHALLOW:
                return settled
            return None
        return settled
