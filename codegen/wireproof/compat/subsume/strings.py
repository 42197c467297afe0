"""The leaf solver of strings: one word in the intersection of all that is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.atoms import (
    Among,
    Atom,
    Formatted,
    Match,
    Size,
)
from wireproof.compat.subsume.automata import WordsLanguage, member, pattern_language
from wireproof.compat.subsume.leaves import Riddles
from wireproof.compat.subsume.outcome import UNSAT, Outcome, undecided
from wireproof.compat.subsume.regex import UnsupportedPattern
from wireproof.compat.subsume.words import Signed, shortest_word
from wireproof.ir.samples.searching import searcher

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

MAX_PLAIN_LENGTH = 1_000_000
TRIES = 12
Test = Callable[[str], bool]


@dataclass(slots=True)
class _Word:
    """What is asked of a word: a length, languages, tests that only try, and the undecidable."""

    low: int = 0
    high: int | None = None
    languages: list[Signed] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    samples: list[str] = field(default_factory=list)


def solve_string(solver: Solver, atoms: list[Atom]) -> Outcome:
    """A word that meets all demands, readable where there is a choice."""
    samples = tuple(_documented(solver, atoms)) if any(map(_is_opaque, atoms)) else ()
    key = (frozenset(replace(atom, by=0, keyword="") for atom in atoms), samples)
    known = solver.words.get(key)
    if known is None:
        known = solver.words[key] = _solve(solver, atoms, samples)
    return known


def _is_opaque(atom: Atom) -> bool:
    """Whether a demand can only be tried."""
    if not isinstance(atom, Match):
        return False
    try:
        pattern_language(atom.pattern)
    except UnsupportedPattern:
        return True
    return False


def _documented(solver: Solver, atoms: list[Atom]) -> Iterator[str]:
    """Strings that the schemas give as examples: words for patterns that no automaton reads."""
    for number in dict.fromkeys(atom.by for atom in atoms if atom.by >= 0):
        schema = solver.graph.nodes[number].schema
        if schema is not None:
            values = (*schema.examples, schema.default)
            yield from (value for value in values if isinstance(value, str))


def _solve(solver: Solver, atoms: list[Atom], samples: tuple[str, ...]) -> Outcome:
    riddles = Riddles(atoms)
    word = _Word(samples=list(samples))
    predicates: tuple[set[str], set[str]] = (set(), set())  # denied, wanted
    patterns: tuple[set[str], set[str]] = (set(), set())
    for atom in atoms:
        match atom:
            case Size(low=low, high=high):
                word.low = max(word.low, low)
                if high is not None:
                    word.high = high if word.high is None else min(word.high, high)
            case Match(pattern=pattern, wanted=wanted):
                _add_pattern(word, riddles, pattern, wanted=wanted)
                patterns[wanted].add(pattern)
            case Formatted(name=name, wanted=wanted):
                _add_format(word, riddles, name, wanted=wanted)
                predicates[wanted].add(name)
            case Among(values=values):
                word.excluded |= {value for value in values if isinstance(value, str)}
    if riddles.contradict or _contradict(predicates) or patterns[0] & patterns[1]:
        return UNSAT
    if word.high is not None and word.low > word.high:
        return UNSAT
    return _find(solver, word, riddles)


def _add_pattern(word: _Word, riddles: Riddles, pattern: str, *, wanted: bool) -> None:
    try:
        word.languages.append((pattern_language(pattern), wanted))
    except UnsupportedPattern as problem:
        key = f"pattern {pattern}"
        judge = searcher(pattern)
        if judge is None:
            riddles.add(key, f"{problem} ('{pattern}')", wanted=wanted)
        else:
            word.tests.append(lambda text: judge(text) == wanted)
            word.limits.append(f"{problem} ('{pattern}')")


def _add_format(word: _Word, riddles: Riddles, name: str, *, wanted: bool) -> None:
    if name in formats.LANGUAGES:
        word.languages.append((pattern_language(formats.LANGUAGES[name]), wanted))
    elif name in formats.PREDICATES:
        word.tests.append(lambda text: formats.is_member(name, text) == wanted)
        word.limits.append(f"format '{name}' is only tried, not decided")
    else:
        riddles.add(name, f"format '{name}' is not known", wanted=wanted)
    if wanted:
        word.samples.extend(formats.SAMPLES.get(name, ()))


def _contradict(predicates: tuple[set[str], set[str]]) -> bool:
    """Whether a format is denied that a wanted one implies."""
    denied, wanted = predicates
    implied = wanted.union(*(formats.IMPLIES.get(name, frozenset()) for name in wanted))
    return not implied.isdisjoint(denied)


def _find(solver: Solver, word: _Word, riddles: Riddles) -> Outcome:
    if word.low > MAX_PLAIN_LENGTH:
        return undecided(f"a string of {word.low} characters is too long to build")
    for sample in word.samples:
        if _fits(word, sample):
            return riddles.judge(sample)
    found = None
    for found in _words(solver, word):
        if all(test(found) for test in word.tests):
            return riddles.judge(found)
    if found is None:
        return UNSAT
    return undecided("; ".join(dict.fromkeys(word.limits)))


def _fits(word: _Word, text: str) -> bool:
    return (
        len(text) >= word.low
        and (word.high is None or len(text) <= word.high)
        and text not in word.excluded
        and all(member(language, text) == wanted for language, wanted in word.languages)
        and all(test(text) for test in word.tests)
    )


def _words(solver: Solver, word: _Word) -> Iterator[str]:
    """Words of the languages, the shortest first; several only where tests may refuse some."""
    if not word.languages and not word.excluded:
        yield "a" * max(word.low, min(1, word.high if word.high is not None else 1))
    excluded = set(word.excluded)
    for _ in range(TRIES if word.tests else 1):
        languages = list(word.languages)
        if excluded:
            languages.append((WordsLanguage(excluded), False))
        found = shortest_word(languages, word.low, word.high, solver.spend)
        if found is None:
            return
        yield found
        excluded.add(found)
