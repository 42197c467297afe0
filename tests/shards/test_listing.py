"""Pages over several shards against the plain sorted list, while items come and times are equal."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from handlers.exchange.codes import RefusalError
from handlers.exchange.paging import Cursor, Window, page
from handlers.shards.listing import Place, merged

NAMES = ("a", "main", "z")
Item = tuple[int, int]  # time and number


def lists_of(items: dict[str, list[Item]]):
    def ask(shard: str, window: Window):
        return page(items[shard], lambda each: Cursor(*each), lambda each: (shard, *each), window)

    return {shard: partial(ask, shard) for shard in NAMES}


def place(shard: str, item: tuple[str, int, int]) -> Place:
    return Place(item[1], shard, item[2])


def numbered(times: list[int]) -> list[Item]:
    return [(time, number) for number, time in enumerate(sorted(times), 1)]


few = st.lists(st.integers(1, 6), max_size=8)
start = st.one_of(st.none(), st.integers(1, 6))


@given(st.tuples(few, few, few), st.integers(1, 9), start, start)
def test_pages_together_are_the_sorted_list(times, limit, first, end):
    items = {name: numbered(each) for name, each in zip(NAMES, times, strict=True)}
    found, cursor, pages = [], None, 0
    while cursor is not None or not pages:
        window = Window(limit, cursor, first, end)
        shown, cursor = merged(lists_of(items), place, window)
        assert len(shown) == limit or cursor is None
        found += shown
        pages += 1
    everything = [(t, name, n) for name in NAMES for t, n in items[name]]
    wanted = [e for e in everything if (first or 0) <= e[0] < (end or 99)]
    assert [(t, name, n) for name, t, n in found] == sorted(wanted, reverse=True)
    assert pages == max(1, -(-len(wanted) // limit)), "no page is empty but an only one"


@given(st.tuples(few, few, few), st.integers(1, 4), st.data())
def test_what_comes_meanwhile_repeats_and_hides_nothing(times, limit, data):
    items = {name: numbered(each) for name, each in zip(NAMES, times, strict=True)}
    before = {(name, *item) for name in NAMES for item in items[name]}
    found, cursor = [], None
    while True:
        shown, cursor = merged(lists_of(items), place, Window(limit, cursor))
        found += shown
        if cursor is None:
            break
        name = data.draw(st.sampled_from(NAMES))
        last = items[name][-1] if items[name] else (1, 0)
        items[name].append((last[0] + data.draw(st.integers(0, 2)), last[1] + 1))
    assert len(found) == len(set(found))
    assert before <= set(found)
    assert found == sorted(found, key=lambda e: (e[1], e[0], e[2]), reverse=True)


@given(st.text(max_size=30))
def test_no_text_that_the_venue_did_not_give_is_a_cursor(text):
    try:
        found = Place.decode(text)
    except RefusalError:
        return
    assert found.encode() == text
