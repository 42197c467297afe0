"""The leaf solver of arrays: how many items, what each must satisfy, which ones `contains` counts.

Items behind the last position that a schema names are alike, so only as many of them are tried as
there are demands that need an item of their own: a longer solution could be shortened.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.compat.subsume.atoms import (
    Atom,
    Contains,
    Items,
    Literal,
    Size,
    SomeItem,
    Unique,
    opposite,
)
from wireproof.compat.subsume.leaves import Riddles
from wireproof.compat.subsume.outcome import (
    UNSAT,
    Asked,
    Asking,
    Outcome,
    Sat,
    Tally,
    Unsat,
    goal,
    undecided,
)
from wireproof.compat.subsume.verdicts import Reason

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

MAX_LENGTH = 20_000


class ItemDemands:
    """The atoms of a case about arrays, by position."""

    def __init__(self, atoms: list[Atom]) -> None:
        self.items = [atom for atom in atoms if isinstance(atom, Items)]
        self.some = [atom for atom in atoms if isinstance(atom, SomeItem)]
        self.contains = [atom for atom in atoms if isinstance(atom, Contains)]
        unique = [atom.wanted for atom in atoms if isinstance(atom, Unique)]
        self.unique = True in unique
        self.repeated = False in unique
        sizes = [atom for atom in atoms if isinstance(atom, Size)]
        self.low = max((size.low for size in sizes), default=0)
        self.high = min((size.high for size in sizes if size.high is not None), default=None)

    def at(self, index: int) -> list[Literal]:
        """What the item at an index must satisfy."""
        return [
            atom.literal
            for atom in self.items
            if (index == atom.start if atom.only else index >= atom.start)
        ]

    def named_positions(self) -> int:
        """From this index on, all items are alike."""
        atoms: list[Items | SomeItem] = [*self.items, *self.some]
        starts = [atom.start + (1 if atom.only else 0) for atom in atoms]
        return max(starts, default=0)

    def beside(self, atom: SomeItem) -> list[Literal] | None:
        """What an item that grants a wish must satisfy anyway; None where that depends."""
        if atom.only:
            return self.at(atom.start)
        return self.at(atom.start) if self.named_positions() <= atom.start else None


@dataclass(slots=True)
class _Plan:
    """Demands on each item of an array of a given length."""

    cells: list[tuple[Literal, ...]]
    doubles: tuple[int, int] | None = None


def solve_array(solver: Solver, atoms: list[Atom]) -> Asking:
    """An array that meets all demands."""
    riddles = Riddles(atoms)
    demands = ItemDemands(atoms)
    if riddles.contradict or (demands.unique and demands.repeated):
        return UNSAT
    builder = _Builder(solver, demands)
    outcome = yield from builder.build()
    if not isinstance(outcome, Sat):
        return outcome
    judged = riddles.judge(outcome.value)
    return Sat(judged.value, judged.doubts | outcome.doubts) if isinstance(judged, Sat) else judged


class _Builder:
    """Tries lengths, then ways of spreading the wishes over the items."""

    def __init__(self, solver: Solver, demands: ItemDemands) -> None:
        self._solver = solver
        self._demands = demands
        self._tally = Tally()

    def build(self) -> Asking:
        """The array, or why there is none."""
        demands = self._demands
        wishes = len(demands.some) + sum(atom.low for atom in demands.contains)
        longest = max(demands.low, demands.named_positions() + wishes + 2 * demands.repeated)
        if demands.high is not None:
            longest = min(longest, demands.high)
        if longest > MAX_LENGTH:
            return undecided(f"an array of {longest} items is too large to build")
        for length in range(demands.low, longest + 1):
            outcome = yield from self._of_length(length)
            if isinstance(outcome, Sat):
                return outcome
            self._tally.note(outcome)
        return self._tally.outcome()

    def _of_length(self, length: int) -> Asking:
        """Spread the wishes one after the other, going back where one finds no place."""
        self._solver.spend(length + 1)
        base = [tuple(self._demands.at(index)) for index in range(length)]
        wishes: list[SomeItem | Contains] = [*self._demands.some, *self._demands.contains]
        # The sender's first: what they add to an item decides which names may be used in it.
        wishes.sort(key=lambda wish: not self._solver.graph.is_senders(wish.literal))
        tally = Tally()
        for doubles in self._doubles(length):
            stack = [(0, _Plan(list(base), doubles))]
            while stack:
                self._solver.spend(1)
                index, plan = stack.pop()
                if index < len(wishes):
                    spread = yield from self._spread(wishes[index], plan)
                    stack += [(index + 1, each) for each in reversed(spread)]
                    continue
                outcome = yield from self._fill(plan)
                if isinstance(outcome, Sat):
                    return outcome
                tally.note(outcome)
        return tally.outcome()

    def _doubles(self, length: int) -> list[tuple[int, int] | None]:
        """Pairs of positions that may hold the same value, where one is needed."""
        if not self._demands.repeated:
            return [None]
        alike = self._demands.named_positions()
        positions = min(length, alike + 2)
        return [(i, j) for j in range(positions) for i in range(j)]

    def _spread(
        self, wish: SomeItem | Contains, plan: _Plan
    ) -> Generator[Asked, Outcome, list[_Plan]]:
        """The ways of granting a wish within a plan."""
        if isinstance(wish, SomeItem):
            positions = [wish.start] if wish.only else range(wish.start, len(plan.cells))
            found = []
            for index in self._distinct(positions, plan):
                if index < len(plan.cells):
                    granted = _with(plan, {index: wish.literal})
                    if (yield from self._possible(granted, index)):
                        found.append(granted)
            return found
        return (yield from self._count(wish, plan))

    def _distinct(self, positions: range | list[int], plan: _Plan) -> list[int]:
        """Positions without those that are like an earlier one in every respect."""
        if self._demands.unique or plan.doubles:
            return list(positions)
        apart = self._apart(plan)
        seen: dict[object, int] = {}
        for index in positions:
            if index < len(plan.cells):
                place = min(index, apart)
                seen.setdefault((place, plan.cells[index]), index)
        return list(seen.values())

    def _apart(self, plan: _Plan) -> int:
        """How many leading positions other demands may tell from all others."""
        doubles = max(plan.doubles) + 1 if plan.doubles else 0
        return max(self._demands.named_positions(), doubles)

    def _count(self, wish: Contains, plan: _Plan) -> Generator[Asked, Outcome, list[_Plan]]:
        """Choose which items `contains` counts: exactly as many as are needed, else none."""
        plans: list[tuple[int, _Plan]] = [(0, plan)]
        length = len(plan.cells)
        most = wish.high if wish.high is not None else length
        for index in range(length):
            following: list[tuple[int, _Plan]] = []
            for counted, current in plans:
                left = length - index - 1
                if counted < most and counted + 1 + left >= wish.low:
                    counts = _with(current, {index: wish.literal})
                    if (yield from self._possible(counts, index)):
                        following.append((counted + 1, counts))
                if counted + left >= wish.low:
                    free = wish.high is None
                    skips = current if free else _with(current, {index: opposite(wish.literal)})
                    if free or (yield from self._possible(skips, index)):
                        following.append((counted, skips))
            plans = _pruned(following, self._apart(plan))
            self._solver.spend(len(plans))
        return [each for counted, each in plans if wish.low <= counted <= most]

    def _possible(self, plan: _Plan, index: int) -> Generator[Asked, Outcome, bool]:
        wanted = goal(plan.cells[index])
        return wanted is not None and not isinstance((yield wanted), Unsat)

    def _fill(self, plan: _Plan) -> Asking:
        """A value for each item; different ones, or a repeated one, where that is asked for.

        Where items must differ, one that finds nothing left is moved to the front, and all are
        chosen again: it may have fewer values to choose from than those that came before it.
        """
        order = list(range(len(plan.cells)))
        moved: set[int] = set()
        while True:
            values: dict[int, Sat] = {}
            outcome: Outcome = UNSAT
            for index in order:
                outcome = yield from self._item(plan, index, values)
                if not isinstance(outcome, Sat):
                    break
                values[index] = outcome
            else:
                doubts = frozenset[Reason]().union(*(each.doubts for each in values.values()))
                return Sat([values[index].value for index in sorted(values)], doubts)
            alone = not self._demands.unique or not values or len(set(plan.cells)) == 1
            if alone or not isinstance(outcome, Unsat):
                return outcome
            if index in moved:
                return undecided("items that must differ could not be told apart")
            moved.add(index)
            order = [index, *(each for each in order if each != index)]

    def _item(self, plan: _Plan, index: int, values: dict[int, Sat]) -> Asking:
        """A value for one item, unlike those that are chosen already if all must differ."""
        demands = plan.cells[index]
        if plan.doubles is not None and index in plan.doubles:
            demands = (*plan.cells[plan.doubles[0]], *plan.cells[plan.doubles[1]])
        taken = [each.value for each in values.values()] if self._demands.unique else []
        unlike = [opposite(self._solver.graph.constant([value])) for value in taken]
        wanted = goal(demands, unlike)
        return UNSAT if wanted is None else (yield wanted)


def _with(plan: _Plan, added: dict[int, Literal]) -> _Plan:
    cells = list(plan.cells)
    for index, literal in added.items():
        cells[index] = (*cells[index], literal)
    return _Plan(cells, plan.doubles)


def _pruned(plans: list[tuple[int, _Plan]], apart: int) -> list[tuple[int, _Plan]]:
    """Without repeats: the same count with the same demands, in any order behind `apart`."""
    kept: dict[object, tuple[int, _Plan]] = {}
    for counted, plan in plans:
        alike = tuple(sorted(map(frozenset, plan.cells[apart:]), key=sorted))
        shape = (counted, tuple(map(frozenset, plan.cells[:apart])), alike)
        kept.setdefault(shape, (counted, plan))
    return list(kept.values())
