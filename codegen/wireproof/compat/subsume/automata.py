"""Languages as lazy deterministic automata, and shortest words of their boolean combinations.

A language is built state by state while a search walks it (Brzozowski's idea with Thompson's
construction underneath), so complement and intersection cost only what the search visits, and a
step budget bounds all of it.
"""

from __future__ import annotations

from collections import deque
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


Signed = tuple[Language, bool]
"""A language, and whether the word must be in it (True) or must not be (False)."""

Joint = tuple[State | None, ...]
"""One state a language; None is the dead state of a language that must not accept."""


def shortest_word(languages: list[Signed], low: int, high: int | None, spend: Steps) -> str | None:
    """The shortest word of the combination with a length in [low, high]; None if there is none."""
    product = _Product(languages, spend)
    word = product.shortest()
    if word is None or (high is not None and len(word) > high):
        return None
    return word if len(word) >= low else product.at_least(low, high)


class _Product:
    """The joint automaton of signed languages, explored on demand."""

    def __init__(self, languages: list[Signed], spend: Steps) -> None:
        self._languages = languages
        self._spend = spend
        self._edges: dict[Joint, tuple[tuple[str, Joint], ...]] = {}
        self._start: Joint = tuple(language.start for language, _ in languages)

    def _accepting(self, joint: Joint) -> bool:
        return all(
            (state is not None and language.accepts(state)) == wanted
            for (language, wanted), state in zip(self._languages, joint, strict=True)
        )

    def _out(self, joint: Joint) -> tuple[tuple[str, Joint], ...]:
        """One readable character for each successor."""
        known = self._edges.get(joint)
        if known is None:
            known = self._edges[joint] = self._compute(joint)
        return known

    def _compute(self, joint: Joint) -> tuple[tuple[str, Joint], ...]:
        self._spend(1)
        parts: list[tuple[Charset, Joint]] = [(EVERY, ())]
        for (language, wanted), state in zip(self._languages, joint, strict=True):
            moves = _total(language, state, wanted=wanted)
            parts = [
                (common, (*sofar, target))
                for characters, sofar in parts
                for members, target in moves
                if (common := charset.intersection(characters, members))
            ]
            self._spend(len(parts))
        best: dict[Joint, str] = {}
        for characters, target in parts:
            character = charset.representative(characters)
            if target not in best or _rank(character) < _rank(best[target]):
                best[target] = character
        return tuple(sorted(((c, t) for t, c in best.items()), key=lambda move: _rank(move[0])))

    def shortest(self) -> str | None:
        """Breadth-first search for an accepting state."""
        came: dict[Joint, tuple[Joint, str] | None] = {self._start: None}
        queue = deque([self._start])
        while queue:
            joint = queue.popleft()
            if self._accepting(joint):
                return _trace(came, joint)
            for character, target in self._out(joint):
                if target not in came:
                    came[target] = (joint, character)
                    queue.append(target)
        return None

    def at_least(self, low: int, high: int | None) -> str | None:
        """The shortest word of at least `low` characters, by layers of equal length.

        A shortest such word never visits a state twice behind its first `low` characters, so
        `low` plus the number of states bounds the search.
        """
        alive = self._alive()
        limit = low + len(alive) if high is None else min(high, low + len(alive))
        layers: list[dict[Joint, tuple[Joint, str]]] = [{}]
        current = {self._start} if self._start in alive else set()
        ordered = [self._start] if current else []
        for length in range(limit + 1):
            if length >= low:
                for joint in ordered:
                    if self._accepting(joint):
                        return _climb(layers, joint, length)
            following: dict[Joint, tuple[Joint, str]] = {}
            for joint in ordered:
                self._spend(1)
                for character, target in self._out(joint):
                    if target in alive and target not in following:
                        following[target] = (joint, character)
            layers.append(following)
            ordered = list(following)
        return None

    def _alive(self) -> set[Joint]:
        """States from which an accepting one can be reached (explores the whole product)."""
        backward: dict[Joint, list[Joint]] = {self._start: []}
        queue = deque([self._start])
        while queue:
            joint = queue.popleft()
            for _, target in self._out(joint):
                if target not in backward:
                    backward[target] = []
                    queue.append(target)
                backward[target].append(joint)
        alive = {joint for joint in backward if self._accepting(joint)}
        queue = deque(alive)
        while queue:
            for source in backward[queue.popleft()]:
                if source not in alive:
                    alive.add(source)
                    queue.append(source)
        return alive


def _total(
    language: Language, state: State | None, *, wanted: bool
) -> tuple[tuple[Charset, State | None], ...]:
    """The moves of a language; one that must not accept may also fall into its dead state."""
    if state is None:
        return ((EVERY, None),)
    moves: tuple[tuple[Charset, State | None], ...] = language.moves(state)
    if wanted:
        return moves
    rest = charset.complement(charset.union(*(members for members, _ in moves)))
    return (*moves, (rest, None)) if rest else moves


def _rank(character: str) -> tuple[int, int]:
    found = charset.PREFERRED.find(character)
    return (found if found >= 0 else len(charset.PREFERRED), ord(character))


def _trace(came: dict[Joint, tuple[Joint, str] | None], joint: Joint) -> str:
    word: list[str] = []
    while (step := came[joint]) is not None:
        joint, character = step
        word.append(character)
    return "".join(reversed(word))


def _climb(layers: list[dict[Joint, tuple[Joint, str]]], joint: Joint, length: int) -> str:
    word: list[str] = []
    for layer in range(length, 0, -1):
        joint, character = layers[layer][joint]
        word.append(character)
    return "".join(reversed(word))
