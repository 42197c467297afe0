"""Patterns, languages and numbers against plain enumeration."""

import datetime as dt
import itertools
import re
from fractions import Fraction

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wireproof.compat.subsume import charset, formats
from wireproof.compat.subsume.automata import (
    WordsLanguage,
    member,
    pattern_language,
)
from wireproof.compat.subsume.numbers import NumberSet, least_common_multiple
from wireproof.compat.subsume.regex import UnsupportedPattern, parse
from wireproof.compat.subsume.words import shortest_word

WORDS = ["".join(letters) for n in range(5) for letters in itertools.product("abc", repeat=n)]


def free(_steps: int) -> None:
    """No budget."""


def patterns() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\w", "(?:)"])

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        repeats = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"])
        return st.one_of(
            st.builds("{}{}".format, inner, inner),
            st.builds("(?:{}|{})".format, inner, inner),
            st.builds("(?:{}){}".format, inner, repeats),
            st.builds("^{}".format, inner),
            st.builds("{}$".format, inner),
        )

    return st.recursive(leaves, grow, max_leaves=6)


def compiles(pattern: str) -> bool:
    try:
        parse(pattern)
    except UnsupportedPattern:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(patterns().filter(compiles))
def test_membership_is_what_an_engine_says(pattern):
    language, engine = pattern_language(pattern), re.compile(pattern.replace("$", r"\Z"))
    for word in WORDS:
        assert member(language, word) == bool(engine.search(word)), word


@settings(max_examples=200, deadline=None)
@given(
    patterns().filter(compiles), patterns().filter(compiles), st.integers(0, 3), st.integers(0, 4)
)
@pytest.mark.parametrize("crowded", [1_000, 0, 3])
def test_the_shortest_word_of_a_difference(crowded, left, right, low, more):
    """With all states, with guesses alone, and with guesses after a few states."""
    languages = [(pattern_language(left), True), (pattern_language(right), False)]
    word = shortest_word(languages, low, low + more, free, crowded=crowded)
    fitting = [
        each
        for each in WORDS
        if low <= len(each) <= low + more
        and re.search(left.replace("$", r"\Z"), each)
        and not re.search(right.replace("$", r"\Z"), each)
    ]
    if word is None:
        assert not fitting
    else:
        assert all(member(language, word) == wanted for language, wanted in languages)
        assert low <= len(word) <= low + more
        assert not fitting or len(word) <= min(map(len, fitting))


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?=a)b", "lookahead"),
        ("(?<!a)b", "lookbehind"),
        (r"(a)\1", "back-reference"),
        (r"\bword", "word boundary"),
        (r"\Aabc\Z", "escape"),
        ("a)", "unbalanced"),
        ("(a", "unbalanced"),
        ("*a", "nothing before"),
        (r"\p{Script=Greek}", "Unicode property"),
        ("[b-a]", "out of order"),
        ("a{3,2}", "out of order"),
    ],
)
def test_what_is_not_regular_is_named(pattern, reason):
    with pytest.raises(UnsupportedPattern, match=reason):
        pattern_language(pattern)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^\d+$", "12", "٣"),
        (r"^\w$", "_", "é"),
        (r"^\s$", "\u00a0", "a"),
        (r"^\p{L}+$", "é", "1"),
        (r"^\u00e9$", "é", "e"),
        (r"^\x41$", "A", "a"),
        (r"^\u{1F600}$", "😀", "a"),
        (r"^\uD83D\uDE00$", "😀", "a"),
        (r"^.$", "😀", "\n"),
        (r"^[\w.+-]+@[\w-]+\.\w{2,}$", "a.b+c@x-y.io", "a@b"),
        (r"^a{2}$", "aa", "aaa"),
        (r"^a{,2}$", "a{,2}", "aa"),
        (r"^[^\]]$", "a", "]"),
        (r"^(?<year>\d{4})-\d\d$", "2024-01", "2024-1"),
    ],
)
def test_ecma_262(pattern, yes, no):
    assert member(pattern_language(pattern), yes)
    assert not member(pattern_language(pattern), no)


def test_long_words_cost_no_more_than_their_length():
    languages = [(pattern_language("^[a-z]+$"), True), (pattern_language("^[a-z]{0,255}$"), False)]
    assert len(shortest_word(languages, 0, 4_000, free) or "") == 256
    assert shortest_word(languages, 0, 255, free) is None


def test_a_search_that_may_begin_anywhere_is_cheap():
    spent: list[int] = []
    languages = [(pattern_language('"[ -~]{1000}"'), True)]
    word = shortest_word(languages, 0, 1_002, spent.append)
    assert word is not None
    assert re.search('"[ -~]{1000}"', word)
    assert sum(spent) < 20_000


def test_words_are_a_language():
    words = WordsLanguage(["a", "ab", ""])
    assert [member(words, word) for word in ("", "a", "ab", "abc", "b")] == [True] * 3 + [False] * 2
    assert shortest_word([(words, False)], 0, 1, free) == "b"


def test_dates_know_the_calendar():
    language = pattern_language(formats.LANGUAGES["date"])
    for year in (1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 9999):
        for month, day in itertools.product(range(14), range(33)):
            text = f"{year:04}-{month:02}-{day:02}"
            try:
                dt.date(year, month, day)
            except ValueError:
                assert not member(language, text)
            else:
                assert member(language, text)


@pytest.mark.parametrize("name", sorted(formats.SAMPLES))
def test_samples_are_members_by_every_judge(name):
    for sample in formats.SAMPLES[name]:
        if name in formats.LANGUAGES:
            assert member(pattern_language(formats.LANGUAGES[name]), sample)
        assert jsonschema_rs.is_valid({"format": name}, sample, validate_formats=True)
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        jsonschema.Draft202012Validator({"format": name}, format_checker=checker).validate(sample)


@pytest.mark.parametrize("name", sorted(formats.LANGUAGES.keys() - formats.INJECTED))
def test_words_of_a_format_are_members_by_every_judge(name):
    excluded: list[str] = []
    for _ in range(20):
        languages = [
            (pattern_language(formats.LANGUAGES[name]), True),
            (WordsLanguage(excluded), False),
        ]
        word = shortest_word(languages, 0, None, free)
        assert word is not None
        assert jsonschema_rs.is_valid({"format": name}, word, validate_formats=True), word
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        assert checker.conforms(word, name), word
        excluded.append(word)


@settings(max_examples=300, deadline=None)
@given(
    st.tuples(st.integers(-12, 12), st.booleans()) | st.none(),
    st.tuples(st.integers(-12, 12), st.booleans()) | st.none(),
    st.sampled_from([0, 1, 2, 3, "0.5", "1.5"]),
    st.lists(st.sampled_from([1, 2, 3, "0.5", 4]), max_size=2),
    st.sets(st.integers(-6, 6), max_size=8),
)
def test_numbers_against_enumeration(low, high, step, not_multiples, excluded):
    wanted = NumberSet(excluded=set(map(Fraction, excluded)))
    if low is not None:
        wanted.at_least(Fraction(low[0], 2), strict=low[1])
    if high is not None:
        wanted.at_most(Fraction(high[0], 2), strict=high[1])
    if step:
        wanted.multiple_of(Fraction(step))
    wanted.not_multiples = [Fraction(each) for each in not_multiples]
    found = wanted.pick()
    grid = [Fraction(n, 8) for n in range(-400, 401)]
    if found is None:
        assert not any(wanted.holds(number) for number in grid)
    else:
        assert wanted.holds(found)


def test_least_common_multiple():
    assert least_common_multiple(Fraction(1, 2), Fraction(1, 3)) == 1
    assert least_common_multiple(Fraction("0.4"), Fraction("0.6")) == Fraction("1.2")


def test_charsets_are_sets():
    vowels = charset.of("aeiou")
    assert charset.union(vowels, charset.complement(vowels)) == charset.EVERY
    assert charset.intersection(vowels, charset.complement(vowels)) == charset.NONE
    assert not charset.contains(charset.EVERY, 0xD800)
