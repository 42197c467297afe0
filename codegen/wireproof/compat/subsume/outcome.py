"""What a goal comes to, and how the parts of the solver talk to each other."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from wireproof.compat.subsume.atoms import (
    Literal,
    opposite,
)
from wireproof.compat.subsume.verdicts import Reason
from wireproof.source.node import Json

Goal = frozenset[Literal]
"""Literals that one value must satisfy together."""


@dataclass(frozen=True, slots=True)
class Sat:
    """A value. `doubts` names what was assumed of it and could not be checked."""

    value: Json
    doubts: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Unsat:
    """No value exists."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither was found out."""

    reasons: frozenset[Reason]


Outcome = Sat | Unsat | Unknown
UNSAT = Unsat()

_TRUE: Goal = frozenset((0,))


@dataclass(frozen=True, slots=True)
class Beside:
    """A goal about the very value that is looked for, not about a part of it."""

    goal: Goal


Asked = Goal | Beside

Asking = Generator[Asked, Outcome, Outcome]
"""A computation that asks for goals to be solved and is sent their outcomes.

Goals inside goals never nest on Python's stack: the solver keeps its own.
"""


class OutOfSteps(Exception):  # noqa: N818 - an event that ends the search, not an error
    """The step budget is used up."""


def goal(*groups: Iterable[Literal]) -> Goal | None:
    """The literals without what is always true; None where they contradict each other."""
    literals = frozenset().union(*groups) - _TRUE
    if 1 in literals or not literals.isdisjoint(map(opposite, literals)):
        return None
    return literals


def undecided(text: str) -> Unknown:
    """An unknown outcome with one reason."""
    return Unknown(frozenset((Reason(text),)))


class Tally:
    """Collects why options failed: plainly, or for reasons."""

    def __init__(self) -> None:
        self.reasons: frozenset[Reason] = frozenset()

    def note(self, outcome: Outcome) -> None:
        """Remember the reasons of an unknown outcome."""
        if isinstance(outcome, Unknown):
            self.reasons |= outcome.reasons

    def outcome(self) -> Outcome:
        """Unsatisfiable, unless something was left undecided."""
        return Unknown(self.reasons) if self.reasons else UNSAT
