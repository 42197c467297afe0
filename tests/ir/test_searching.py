"""Patterns of real contracts, and texts over which a backtracking engine would never end."""

import pytest
from wireproof.compat.subsume.second import accepts
from wireproof.ir.samples.searching import searcher

URL = r"^(https?:\/\/)?([\da-z\.-]+)\.([a-z\.]{2,6})([\/\w \.-]*)*\/?$"
ENDLESS = "example.com/" + "a" * 60 + "!"


def test_nested_repetitions_end():
    found = searcher(URL)
    assert found is not None
    assert found("https://example.com/a")
    assert not found(ENDLESS)


@pytest.mark.parametrize("pattern", ["(", "[z-a]"])
def test_what_is_no_pattern_has_no_test(pattern):
    assert searcher(pattern) is None


def test_the_second_validator_ends_too():
    assert accepts({"pattern": URL}, "https://example.com/a")
    assert accepts({"pattern": URL}, "example.com/" + "a" * 60)
    assert not accepts({"pattern": URL}, ENDLESS)
