"""Languages as lazy deterministic automata, and shortest words of their boolean combinations.

A language is built state by state while a search walks it (Brzozowski's idea with Thompson's
construction underneath), so complement and intersection cost only what the search visits, and a
step budget bounds all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Protocol, cast

from wireproof.compat.subsume import charset, regex
from wireproof.compat.subsume.charset import EVERY, Charset
from wireproof.compat.subsume.regex import UnsupportedPattern

State = Hashable
Move = tuple[Charset, State]
Steps = Callable[[int], None]
"""Takes from the step budget; raises when nothing is left."""

MAX_NFA_STATES = 60_000
_START = -1
_Positions = frozenset[int]


class Language(Protocol):
    """A deterministic automaton. Characters outside of all moves lead nowhere."""

    @property
    def start(self) -> State:
        """The first state."""

    def moves(self, state: State) -> tuple[Move, ...]:
        """Disjoint sets of characters and where they lead."""

    def guesses(self, state: State) -> tuple[Move, ...]:
        """The moves of an automaton that may guess: its sets overlap, its states are few.

        A word is in the language if some way of guessing accepts it, so this is for languages that
        a word must be in.
        """

    def accepts(self, state: State) -> bool:
        """Whether a word may end here."""


@dataclass(slots=True)
class _Nfa:
    """Thompson's automaton. `epsilon` edges are free, `starts`/`ends` are the anchors."""

    epsilon: list[list[int]] = field(default_factory=list)
    starts: list[list[int]] = field(default_factory=list)
    ends: list[list[int]] = field(default_factory=list)
    edges: list[tuple[Charset, int] | None] = field(default_factory=list)

    def state(self) -> int:
        if len(self.edges) >= MAX_NFA_STATES:
            raise UnsupportedPattern("pattern needs too many states")
        self.epsilon.append([])
        self.starts.append([])
        self.ends.append([])
        self.edges.append(None)
        return len(self.edges) - 1

    def add(self, tree: regex.Regex, begin: int) -> int:
        """Append the tree behind `begin`; returns the state in which it ends."""
        match tree:
            case regex.Chars(members):
                end = self.state()
                middle = self.state()
                self.epsilon[begin].append(middle)
                self.edges[middle] = (members, end)
                return end
            case regex.Anchor(start):
                end = self.state()
                (self.starts if start else self.ends)[begin].append(end)
                return end
            case regex.Sequence(parts):
                for part in parts:
                    begin = self.add(part, begin)
                return begin
            case regex.Choice(options):
                end = self.state()
                for option in options:
                    first = self.state()
                    self.epsilon[begin].append(first)
                    self.epsilon[self.add(option, first)].append(end)
                return end
            case regex.Repeat(body, low, high):
                return self._repeat(body, low, high, begin)

    def _repeat(self, body: regex.Regex, low: int, high: int | None, begin: int) -> int:
        for _ in range(low):
            begin = self.add(body, begin)
        if high is None:
            loop = self.state()
            self.epsilon[begin].append(loop)
            self.epsilon[self.add(body, loop)].append(loop)
            return loop
        end = self.state()
        for _ in range(high - low):
            self.epsilon[begin].append(end)
            begin = self.add(body, begin)
        self.epsilon[begin].append(end)
        return end


class PatternLanguage:
    """The strings in which a pattern is found (JSON Schema patterns are not anchored)."""

    def __init__(self, pattern: str) -> None:
        nfa = _Nfa()
        first = nfa.state()
        self._final = nfa.add(regex.parse(pattern), first)
        self._first = first
        self._nfa = nfa
        self._moves: dict[State, tuple[Move, ...]] = {}
        self._accepts: dict[State, bool] = {}
        opening = self._close([first], at_start=True)
        # Marked, because only here `^` holds: no later state may be taken for it.
        self.start: State = opening if self._final in opening else opening | {_START}

    def _close(self, states: Iterable[int], *, at_start: bool, at_end: bool = False) -> _Positions:
        """All states that are reached without a character."""
        nfa, seen, queue = self._nfa, set(states), list(states)
        while queue:
            state = queue.pop()
            reached = list(nfa.epsilon[state])
            if at_start:
                reached += nfa.starts[state]
            if at_end:
                reached += nfa.ends[state]
            for target in reached:
                if target not in seen:
                    seen.add(target)
                    queue.append(target)
        if self._final in seen:
            return frozenset((self._final,))  # found: whatever follows is accepted
        return frozenset(state for state in seen if nfa.edges[state] or nfa.ends[state])

    def moves(self, state: State) -> tuple[Move, ...]:
        """See `Language`."""
        known = self._moves.get(state)
        if known is None:
            known = self._moves[state] = self._compute(cast("_Positions", state))
        return known

    def _compute(self, state: _Positions) -> tuple[Move, ...]:
        if self._final in state:
            return ((EVERY, state),)
        # The search may begin at every position, so the first state is always alive again.
        again = self._close([self._first], at_start=False)
        members = state - {_START}
        edges = [edge for member in members if (edge := self._nfa.edges[member])]
        grouped: dict[State, list[tuple[int, int]]] = {}
        for low, high, targets in _segments(edges):
            closed = self._close(targets, at_start=False)
            joined = closed if self._final in closed else closed | again
            if self._final in again:
                joined = again
            grouped.setdefault(joined, []).append((low, high))
        return tuple(
            (charset.normal(intervals), target)
            for target, intervals in sorted(grouped.items(), key=lambda item: item[1][0])
        )

    def guesses(self, state: State) -> tuple[Move, ...]:
        """See `Language`. It guesses where the pattern begins, and its way at every fork."""
        positions = cast("_Positions", state)
        if self._final in positions:
            return ((EVERY, state),)
        found: dict[State, list[Charset]] = {}
        again = self._close([self._first], at_start=False)
        if again and (_START in positions or positions == again):
            found[again] = [EVERY]
        for member in sorted(positions - {_START}):
            if edge := self._nfa.edges[member]:
                for target in sorted(self._close([edge[1]], at_start=False)):
                    found.setdefault(frozenset((target,)), []).append(edge[0])
        return tuple((charset.union(*sets), target) for target, sets in found.items())

    def accepts(self, state: State) -> bool:
        """See `Language`."""
        known = self._accepts.get(state)
        if known is None:
            positions = cast("_Positions", state)
            empty_word = _START in positions
            members = [self._first] if empty_word else positions
            closed = self._close(members, at_start=empty_word, at_end=True)
            known = self._accepts[state] = self._final in closed
        return known


def _segments(edges: list[tuple[Charset, int]]) -> Iterable[tuple[int, int, tuple[int, ...]]]:
    """Cut all characters into stretches over which the same edges apply."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for members, target in edges:
        for low, high in members:
            opening.setdefault(low, []).append(target)
            closing.setdefault(high + 1, []).append(target)
    cuts = sorted(
        {*opening, *closing, *(low for low, _ in EVERY), *(high + 1 for _, high in EVERY)}
    )
    active: dict[int, int] = {}
    for low, following in pairwise(cuts):
        for target in closing.get(low, ()):
            active[target] -= 1
        for target in opening.get(low, ()):
            active[target] = active.get(target, 0) + 1
        if charset.contains(EVERY, low):
            yield low, following - 1, tuple(sorted(t for t, count in active.items() if count))


class WordsLanguage:
    """A finite set of words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._following: dict[str, list[str]] = {}
        for prefix in sorted({w[:end] for w in self._words for end in range(1, len(w) + 1)}):
            self._following.setdefault(prefix[:-1], []).append(prefix)
        self.start: State = ""

    def moves(self, state: State) -> tuple[Move, ...]:
        """See `Language`."""
        prefix = cast("str", state)
        return tuple((charset.of(longer[-1]), longer) for longer in self._following.get(prefix, ()))

    def guesses(self, state: State) -> tuple[Move, ...]:
        """See `Language`."""
        return self.moves(state)

    def accepts(self, state: State) -> bool:
        """See `Language`."""
        return state in self._words


@cache
def pattern_language(pattern: str) -> PatternLanguage:
    """The language of a pattern.

    Raises:
        UnsupportedPattern: with the reason.
    """
    return PatternLanguage(pattern)


def member(language: Language, word: str) -> bool:
    """Whether the language has the word."""
    state: State = language.start
    for character in word:
        point = ord(character)
        for characters, target in language.moves(state):
            if charset.contains(characters, point):
                state = target
                break
        else:
            return False
    return language.accepts(state)
