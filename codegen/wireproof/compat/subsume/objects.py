"""The leaf solver of objects: which names are present, and a value for each.

Names that are only described (by a pattern, by being undeclared) are met by one representative a
region, a region being a combination of patterns that a name matches or does not match: all names
of one region carry the same demands.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from wireproof.compat.subsume.atoms import (
    ANY_NAME,
    Atom,
    Literal,
    Names,
    opposite,
)
from wireproof.compat.subsume.leaves import Riddles
from wireproof.compat.subsume.members import MemberDemands
from wireproof.compat.subsume.outcome import (
    UNSAT,
    Asked,
    Asking,
    Outcome,
    Sat,
    Tally,
    Unknown,
    Unsat,
    goal,
    undecided,
)
from wireproof.compat.subsume.regex import UnsupportedPattern
from wireproof.compat.subsume.verdicts import Reason
from wireproof.source.node import Json

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

MAX_PATTERNS = 6
MAX_ADDED = 1_000


@dataclass(frozen=True, slots=True)
class _Wish:
    """A property that must exist somewhere in a set of names."""

    names: Names
    value: Literal
    name: Literal


Chosen = dict[str, tuple[Literal, ...]]
"""Names that will be present, and what their values must satisfy beyond the general demands."""


def solve_object(solver: Solver, atoms: list[Atom]) -> Asking:
    """An object that meets all demands."""
    riddles = Riddles(atoms)
    if riddles.contradict:
        return UNSAT
    try:
        builder = _Builder(solver, MemberDemands(solver, atoms))
        outcome = yield from builder.build()
    except UnsupportedPattern as problem:
        return undecided(str(problem))
    if not isinstance(outcome, Sat):
        return outcome
    judged = riddles.judge(outcome.value)
    return Sat(judged.value, judged.doubts | outcome.doubts) if isinstance(judged, Sat) else judged


class _Builder:
    """Chooses names for all wishes, fills in values, adds properties until there are enough."""

    def __init__(self, solver: Solver, demands: MemberDemands) -> None:
        self._solver = solver
        self._demands = demands
        self._tally = Tally()

    def build(self) -> Asking:
        """The object, or why there is none."""
        demands = self._demands
        chosen: Chosen = dict.fromkeys(demands.has, ())
        wishes = [_Wish(ANY_NAME, 0, literal) for literal in demands.some_name]
        for atom in demands.some:
            if atom.names.one is None:
                wishes.append(_Wish(atom.names, atom.literal, 0))
            else:
                name = atom.names.one
                chosen[name] = (*chosen.get(name, ()), atom.literal)
        # The sender's first: what they add to a value decides which names may be used in it.
        wishes.sort(key=lambda wish: not self._solver.graph.is_senders(wish.value))
        if demands.high is not None and max(demands.low, len(chosen)) > demands.high:
            return UNSAT
        for name in chosen:
            if name in demands.lacks or not demands.allowed(name):
                return UNSAT
        stack: list[tuple[int, Chosen]] = [(0, chosen)]
        while stack:
            self._solver.spend(1)
            index, current = stack.pop()
            if index == len(wishes):
                outcome = yield from self._fill(current)
                if isinstance(outcome, Sat):
                    return outcome
                self._tally.note(outcome)
            else:
                grants = yield from self._grants(wishes[index], current)
                stack += [(index + 1, grant) for grant in reversed(grants)]
        return self._tally.outcome()

    def _grants(self, wish: _Wish, chosen: Chosen) -> Generator[Asked, Outcome, list[Chosen]]:
        """Ways to grant a wish: a name that is there, a declared one, or a new one."""
        demands = self._demands
        found: list[Chosen] = []
        for name in {**chosen, **demands.special()}:
            if name in demands.lacks or not demands.allowed(name) or not wish.names.has(name):
                continue
            grant = {**chosen, name: (*chosen.get(name, ()), wish.value)}
            if (yield from self._granted(wish, name, grant)):
                found.append(grant)
        # Who restricts names that were free restricts what an open sender may send.
        fresh = yield from self._fresh(wish.names, [wish.name], chosen, free=True)
        for name in fresh:
            grant = {**chosen, name: (wish.value,)}
            if (yield from self._granted(wish, name, grant)):
                found.append(grant)
        return found

    def _granted(self, wish: _Wish, name: str, grant: Chosen) -> Generator[Asked, Outcome, bool]:
        """Whether a name suits a wish, as far as is known."""
        if wish.name != 0:
            spelled = goal([wish.name], [self._solver.graph.constant([name])])
            if spelled is None or isinstance((yield spelled), Unsat):
                return False
        value = goal(self._demands.literals(name), grant[name])
        return value is not None and not isinstance((yield value), Unsat)

    def _fresh(
        self, names: Names, spelling: list[Literal], chosen: Chosen, *, free: bool = False
    ) -> Generator[Asked, Outcome, list[str]]:
        """One undeclared name for each region of a set of names.

        With `free`, also where the sender does not mean to use undeclared names. Where names are
        few, one must do for several wishes: then what others ask of names tells regions apart too.
        """
        if names.one is not None:
            return []
        graph = self._solver.graph
        taken = self._demands.mentioned() | chosen.keys()
        told = (*names.inside, *names.outside)
        apart = [pattern for pattern in self._demands.patterns() if pattern not in told]
        if len(apart) > MAX_PATTERNS:
            self._tally.note(undecided("more patterns of property names than are combined"))
            apart = apart[:MAX_PATTERNS]
        found: list[str] = []
        asked = self._asked_of_names(spelling)
        for signs, spellings in product(product((False, True), repeat=len(apart)), product(*asked)):
            inside = tuple(p for p, wanted in zip(apart, signs, strict=True) if wanted)
            outside = tuple(p for p, wanted in zip(apart, signs, strict=True) if not wanted)
            region = Names(inside=(*names.inside, *inside), outside=(*names.outside, *outside))
            unlike = frozenset(taken | names.excluded)
            for avoided in (unlike | {""}, unlike):  # the empty name only where no other will do
                within = graph.name_in(region, avoided)
                spelled = goal([within], spelling, spellings, self._demands.each_name)
                if spelled is None:
                    continue
                outcome = yield spelled
                self._tally.note(outcome)
                if isinstance(outcome, Sat):
                    usable = free or self._demands.allowed(outcome.value)
                    found += [outcome.value] if usable else []
                    break
        return found

    def _asked_of_names(self, spelling: list[Literal]) -> list[tuple[Literal, Literal]]:
        """What other wishes ask of a name's spelling: it may be granted or not."""
        if self._demands.high is None:
            return []
        others = [each for each in self._demands.some_name if each not in spelling]
        if len(others) > MAX_PATTERNS:
            self._tally.note(undecided("more demands on property names than are combined"))
        return [(opposite(each), each) for each in others[:MAX_PATTERNS]]

    def _fill(self, chosen: Chosen) -> Asking:
        """Values for the chosen names, and further properties until there are enough."""
        demands = self._demands
        if demands.high is not None and len(chosen) > demands.high:
            return UNSAT
        value: dict[str, Json] = {}
        doubts: frozenset[Reason] = frozenset()
        for name, extra in chosen.items():
            outcome = yield from self._property(name, extra)
            if not isinstance(outcome, Sat):
                return outcome
            value[name] = outcome.value
            doubts |= outcome.doubts
        if len(value) < demands.low:
            outcome = yield from self._top_up(value)
            if not isinstance(outcome, Sat):
                return outcome
            doubts |= outcome.doubts
        return Sat(value, doubts)

    def _property(self, name: str, extra: tuple[Literal, ...] = ()) -> Asking:
        """A value for a name, if the name itself is admitted."""
        if self._demands.each_name:
            spelled = goal(self._demands.each_name, [self._solver.graph.constant([name])])
            if spelled is None:
                return UNSAT
            outcome = yield spelled
            if not isinstance(outcome, Sat):
                return outcome
        wanted = goal(self._demands.literals(name), extra)
        return UNSAT if wanted is None else (yield wanted)

    def _top_up(self, value: dict[str, Json]) -> Asking:
        """Add properties that nothing asks for until the object is large enough."""
        demands = self._demands
        doubts: frozenset[Reason] = frozenset()
        if demands.low > MAX_ADDED:
            return undecided(f"an object of {demands.low} properties is too large to build")
        tally = Tally()
        for name in demands.special():
            if len(value) >= demands.low:
                break
            if name in value or name in demands.lacks or not demands.allowed(name):
                continue
            outcome = yield from self._property(name)
            tally.note(outcome)
            if isinstance(outcome, Sat):
                value[name] = outcome.value
                doubts |= outcome.doubts
        while len(value) < demands.low:
            before = len(value)
            for name in (yield from self._fresh(ANY_NAME, [], dict.fromkeys(value, ()))):
                outcome = yield from self._property(name)
                tally.note(outcome)
                if isinstance(outcome, Sat) and len(value) < demands.low:
                    value[name] = outcome.value
                    doubts |= outcome.doubts
            if len(value) == before:
                reasons = tally.reasons | self._tally.reasons
                return Unknown(reasons) if reasons else UNSAT
        return Sat(value, doubts)
