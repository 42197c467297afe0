import random

import pytest
from wireproof.diagnostics import UsageError
from wireproof.emit.names import allocate, read_lock, write_lock
from wireproof.ir.naming import NameHints

COMPONENT = "#/components/schemas/"


def hints(**rows):
    return {
        key: NameHints(
            row.get("sdk_name", ""),
            row.get("component", ""),
            row.get("title", ""),
            tuple(row.get("context", ("listThings", key))),
        )
        for key, row in rows.items()
    }


def named(rows, lock=None):
    return dict(allocate(rows, lock or {}).types)


def test_the_best_candidate_wins():
    rows = hints(
        a={"sdk_name": "Trade", "component": "trade_v2", "title": "A trade"},
        b={"component": "order-list", "title": "Orders"},
        c={"title": "api key", "context": ("listKeys", "Response", "Item")},
        d={"context": ("listOrders", "Response", "Item")},
    )
    assert named(rows) == {
        "a": "Trade",
        "b": "OrderList",
        "c": "ApiKey",
        "d": "ListOrdersResponseItem",
    }


def test_a_name_written_as_pascal_case_keeps_its_capitals():
    assert named(hints(a={"component": "APIKey"})) == {"a": "APIKey"}


def test_the_exact_spelling_beats_the_other_one():
    rows = hints(a={"component": "order"}, b={"component": "Order"})
    names = named(rows)
    assert names["b"] == "Order"
    assert names["a"] == "ListThingsA"


def test_rivals_for_a_title_all_fall_back_to_their_context():
    rows = hints(
        a={"title": "Item", "context": ("listOrders", "Response", "Item")},
        b={"title": "Item", "context": ("listTrades", "Response", "Item")},
    )
    assert named(rows) == {"a": "ListOrdersResponseItem", "b": "ListTradesResponseItem"}


def test_a_sentence_is_no_name():
    rows = hints(a={"title": "What came back when all went well", "context": ("list", "Response")})
    assert named(rows) == {"a": "ListResponse"}


def test_the_same_place_twice_is_told_apart_by_a_digest_not_by_order():
    rows = hints(a={"context": ("x",)}, b={"context": ("x",)}, c={"context": ("x",)})
    names = named(rows)
    assert len(set(names.values())) == 3
    assert named(dict(reversed(rows.items()))) == names


def test_order_does_not_matter():
    rows = hints(
        **{f"k{n}": {"title": f"T{n % 7}", "component": f"c{n % 11}" * (n % 2)} for n in range(60)}
    )
    expected = named(rows)
    shuffled = list(rows.items())
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert named(dict(shuffled)) == expected


def test_names_differ_in_more_than_case():
    rows = hints(a={"component": "Foo"}, b={"component": "FOO"}, c={"component": "foo"})
    assert len({name.casefold() for name in named(rows).values()}) == 3


def test_a_locked_name_stays_when_a_better_claim_arrives():
    old = hints(a={"title": "Order", "context": ("getOrder", "Response")})
    lock = read_lock(write_lock(allocate(old, {})), "names.lock.json")
    assert lock == {"a": "Order"}
    new = old | hints(b={"component": "Order", "context": ("Order",)})
    names = named(new, lock)
    assert names["a"] == "Order"
    assert names["b"] != "Order"


def test_what_left_the_contract_leaves_the_lock():
    names = allocate(hints(a={"component": "A"}), {"a": "A", "gone": "Gone"})
    assert b"Gone" not in write_lock(names)


def test_names_without_any_letter_still_get_one():
    names = named(hints(a={"component": "--", "context": ("--",)}))
    assert names["a"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not json", "not a names lock"),
        (b"[]", "not a names lock"),
        (b'{"types": {}}', "not a names lock"),
        (b'{"version": 2, "types": {}}', "version 2"),
        (b'{"version": 1, "types": {"a": "Foo", "b": "FOO"}}', "both called"),
        (b'{"version": 1, "types": {"a": "import os"}}', "not a PascalCase name"),
    ],
)
def test_a_broken_lock_is_said(data, message):
    with pytest.raises(UsageError, match=message):
        read_lock(data, "names.lock.json")
