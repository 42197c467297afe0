"""Shortest words of boolean combinations of languages: intersection, difference, length bounds."""

from __future__ import annotations

from collections import deque
from contextlib import suppress

from wireproof.compat.subsume import charset
from wireproof.compat.subsume.automata import Language, State, Steps
from wireproof.compat.subsume.charset import EVERY, Charset

Signed = tuple[Language, bool]
"""A language, and whether the word must be in it (True) or must not be (False)."""

Joint = tuple[State | None, ...]
"""One state a language; None is the dead state of a language that must not accept."""

Came = dict[Joint, tuple[Joint, str] | None]
"""For each state that was reached: from which one, by which character."""


_CROWDED = 2_000
"""So many states are more than most patterns have. `"[ -~]{1000}"` has one for each set of places
at which it may have begun."""


class _CrowdedError(Exception):
    """The states are too many to be worth their determinism."""


def shortest_word(
    languages: list[Signed], low: int, high: int | None, spend: Steps, *, crowded: int = _CROWDED
) -> str | None:
    """The shortest word of the combination with a length in [low, high]; None if there is none.

    Beyond so many states (`crowded`) the search begins anew with automata that may guess.
    """
    if high is not None and low > high:
        return None
    with suppress(_CrowdedError):
        return _shortest(_Product(languages, spend, crowded=crowded), low, high)
    return _shortest(_Product(languages, spend, crowded=None), low, high)


def _shortest(product: _Product, low: int, high: int | None) -> str | None:
    word = product.shortest()
    if word is None or (high is not None and len(word) > high):
        return None
    if len(word) >= low:
        return word
    return product.pumped(low) or product.at_least(low, high)


class _Product:
    """The joint automaton of signed languages, explored on demand.

    With `crowded` it is deterministic, and gives up beyond so many states; without, the languages
    that a word must be in may guess.
    """

    def __init__(self, languages: list[Signed], spend: Steps, *, crowded: int | None) -> None:
        self._languages = languages
        self._crowded = crowded
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
            if self._crowded is not None and len(self._edges) >= self._crowded:
                raise _CrowdedError
            known = self._edges[joint] = self._compute(joint)
        return known

    def _compute(self, joint: Joint) -> tuple[tuple[str, Joint], ...]:
        self._spend(1)
        parts: list[tuple[Charset, Joint]] = [(EVERY, ())]
        for (language, wanted), state in zip(self._languages, joint, strict=True):
            moves = self._moves(language, state, wanted=wanted)
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

    def _moves(
        self, language: Language, state: State | None, *, wanted: bool
    ) -> tuple[tuple[Charset, State | None], ...]:
        """The moves of a language; one that must not accept may also fall into its dead state."""
        if state is None:
            return ((EVERY, None),)
        if wanted:
            return language.moves(state) if self._crowded is not None else language.guesses(state)
        moves: tuple[tuple[Charset, State | None], ...] = language.moves(state)
        rest = charset.complement(charset.union(*(members for members, _ in moves)))
        return (*moves, (rest, None)) if rest else moves

    def shortest(self, start: Joint | None = None) -> str | None:
        """Breadth-first search for an accepting state, from the first one or another."""
        start = self._start if start is None else start
        came: Came = {start: None}
        queue = deque([start])
        while queue:
            joint = queue.popleft()
            if self._accepting(joint):
                return _spelled(came, joint)
            for character, target in self._out(joint):
                if target not in came:
                    came[target] = (joint, character)
                    queue.append(target)
        return None

    def pumped(self, low: int) -> str | None:
        """A word of `low` characters that repeats one of them where a state leads to itself.

        None where the way through such a state is longer; that proves nothing.
        """
        came: Came = {self._start: None}
        queue = deque([self._start])
        while queue:
            joint = queue.popleft()
            loop = next((c for c, target in self._out(joint) if target == joint), None)
            if loop is not None:
                before, after = _spelled(came, joint), self.shortest(joint)
                if after is not None:
                    missing = low - len(before) - len(after)
                    return before + loop * missing + after if missing >= 0 else None
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


def _rank(character: str) -> tuple[int, int]:
    found = charset.PREFERRED.find(character)
    return (found if found >= 0 else len(charset.PREFERRED), ord(character))


def _spelled(came: Came, last: Joint) -> str:
    word: list[str] = []
    while (step := came[last]) is not None:
        last, character = step
        word.append(character)
    return "".join(reversed(word))


def _climb(layers: list[dict[Joint, tuple[Joint, str]]], joint: Joint, length: int) -> str:
    word: list[str] = []
    for layer in range(length, 0, -1):
        joint, character = layers[layer][joint]
        word.append(character)
    return "".join(reversed(word))
