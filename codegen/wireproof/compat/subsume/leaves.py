"""Leaf solvers of null, booleans and numbers, and what all leaf solvers share."""

from __future__ import annotations

from fractions import Fraction

from wireproof.compat.subsume.atoms import (
    Among,
    AtLeast,
    AtMost,
    Atom,
    Formatted,
    Multiple,
    Opaque,
)
from wireproof.compat.subsume.numbers import NumberSet
from wireproof.compat.subsume.outcome import UNSAT, Outcome, Sat, Unknown, undecided
from wireproof.compat.subsume.values import UnreadableNumber, exact, freeze, plain
from wireproof.compat.subsume.verdicts import Reason
from wireproof.source.node import Json


class Riddles:
    """The demands of a case that nobody can decide: wanted ones are hoped for, denied ones not."""

    def __init__(self, atoms: list[Atom]) -> None:
        self._wanted: dict[str, str] = {}
        self._denied: dict[str, str] = {}
        for atom in atoms:
            if isinstance(atom, Opaque):
                self.add(atom.key, atom.reason, wanted=atom.wanted)

    def add(self, key: str, reason: str, *, wanted: bool) -> None:
        """One more demand."""
        (self._wanted if wanted else self._denied)[key] = reason

    @property
    def contradict(self) -> bool:
        """Whether the same thing is wanted and denied."""
        return not self._wanted.keys().isdisjoint(self._denied)

    def judge(self, value: Json) -> Outcome:
        """The outcome for a value that satisfies everything else."""
        if self.contradict:
            return UNSAT
        if self._denied:
            return Unknown(frozenset(map(Reason, self._denied.values())))
        return Sat(value, frozenset(map(Reason, self._wanted.values())))


def excluded_keys(atoms: list[Atom]) -> set[object]:
    """Canonical keys of the values that are ruled out one by one."""
    return {
        freeze(value)
        for atom in atoms
        if isinstance(atom, Among) and not atom.wanted
        for value in atom.values
    }


def solve_null(atoms: list[Atom]) -> Outcome:
    """The only value, unless it is ruled out."""
    return UNSAT if freeze(None) in excluded_keys(atoms) else Riddles(atoms).judge(None)


def solve_boolean(atoms: list[Atom]) -> Outcome:
    """One of the two that is not ruled out."""
    excluded = excluded_keys(atoms)
    for value in (True, False):
        if freeze(value) not in excluded:
            return Riddles(atoms).judge(value)
    return UNSAT


def solve_number(atoms: list[Atom]) -> Outcome:
    """The most readable number that meets all demands."""
    wanted = NumberSet()
    riddles = Riddles(atoms)
    for atom in atoms:
        match atom:
            case AtLeast(limit=limit, strict=strict):
                wanted.at_least(limit, strict=strict)
            case AtMost(limit=limit, strict=strict):
                wanted.at_most(limit, strict=strict)
            case Multiple(step=step, wanted=True):
                wanted.multiple_of(step)
            case Multiple(step=step):
                wanted.not_multiples.append(step)
            case Formatted(name=name):
                riddles.add(name, f"format '{name}' is not known", wanted=atom.wanted)
            case Among(values=values):
                wanted.excluded |= set(_readable(values))
    if riddles.contradict:
        return UNSAT
    try:
        number = wanted.pick()
        return UNSAT if number is None else riddles.judge(plain(number))
    except (OverflowError, UnreadableNumber):
        return undecided("a number that fits could not be found exactly")


def _readable(values: tuple[Json, ...]) -> list[Fraction]:
    found = []
    for value in values:
        try:
            found.append(exact(value))
        except UnreadableNumber:
            continue  # an infinite or absurd constant equals no number that is picked
    return found
