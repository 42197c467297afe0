import pytest


def queue(desk):
    return [desk.ok(n, "sell", "1", "10") for n in "ab"]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"quantity": "0.5"}, "a"),
        ({"quantity": "1"}, "a"),
        ({"limit_price": "10"}, "a"),
        ({"quantity": "1.5"}, "b"),
        ({"limit_price": "10.5"}, "b"),
        ({"quantity": "0.5", "limit_price": "10.5"}, "b"),
    ],
)
def test_only_a_plain_decrease_keeps_the_place_in_the_queue(desk, changes, first):
    ids = dict(zip("ab", queue(desk), strict=True))
    assert desk.amend("a", ids["a"], **changes).order.version == 2
    desk.amend(
        "a",
        ids["a"],
        **({"limit_price": "10"} if "limit_price" in changes else {"quantity": "0.5"}),
    )
    desk.ok("c", "buy", "0.1", "10")
    touched = [n for n in "ab" if desk.order(n, ids[n]).filled_quantity != "0.0"]
    assert touched == [first]


def test_a_decrease_releases_what_it_no_longer_needs(desk):
    order_id = desk.ok("a", "buy", "2", "10")
    desk.amend("a", order_id, quantity="1")
    assert desk.balance("a", "USD") == ("9989.9800", "10.0200")
    assert desk.book() == ([("10.0", "1.0")], [])


def test_quantity_is_the_new_total(desk):
    order_id = desk.ok("a", "sell", "2", "10")
    desk.ok("b", "buy", "1", "10")
    order = desk.amend("a", order_id, quantity="1.5").order
    assert (order.quantity, order.filled_quantity, order.remaining_quantity) == (
        "1.5",
        "1.0",
        "0.5",
    )
    assert order.status == "partially_filled"
    assert desk.amend("a", order_id, quantity="1").refused.code == "below_minimum"
    assert desk.balance("a", "X") == ("98.50", "0.50")


def test_an_amendment_can_trade(desk):
    desk.ok("b", "sell", "1", "11")
    order_id = desk.ok("a", "buy", "2", "10")
    order = desk.amend("a", order_id, limit_price="11").order
    assert (order.status, order.filled_quantity, order.version) == ("partially_filled", "1.0", 3)
    assert desk.book() == ([("11.0", "1.0")], [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"limit_price": "10.2"}, "price_off_tick"),
        ({"quantity": "1.55"}, "quantity_off_step"),
        ({"quantity": "0"}, "below_minimum"),
        ({"limit_price": "0.5"}, "below_minimum"),
        ({"quantity": "2000"}, "insufficient_balance"),
        ({"limit_price": "12"}, "post_only_would_cross"),
        ({"stop_price": "12"}, "invalid_combination"),
        ({"quantity": "0.5", "expected_version": 2}, "version_conflict"),
        ({"quantity": "0.5", "expected_version": 0}, "version_conflict"),
    ],
)
def test_a_refused_amendment_changes_nothing(desk, changes, code):
    desk.ok("b", "sell", "1", "12")
    order_id = desk.ok("a", "buy", "1", "10", post_only=True)
    before = desk.order("a", order_id)
    assert desk.amend("a", order_id, **changes).refused.code == code
    assert desk.order("a", order_id) == before
    assert desk.book()[0] == [("10.0", "1.0")]


def test_own_reserve_counts_for_the_new_terms(empty):
    empty.fund("a", usd="20.04", x="1")
    order_id = empty.ok("a", "buy", "2", "10")
    assert empty.amend("a", order_id, quantity="1", limit_price="20").refused is None
    assert empty.balance("a", "USD") == ("0.0000", "20.0400")
    assert empty.amend("a", order_id, limit_price="20.5").refused.code == "insufficient_balance"


def test_versions_grow_with_every_change(desk):
    order_id = desk.ok("a", "sell", "3", "10")
    desk.ok("b", "buy", "1", "10")
    assert desk.order("a", order_id).version == 2
    assert desk.amend("a", order_id, quantity="2.5", expected_version=2).order.version == 3
    stale = desk.amend("a", order_id, quantity="2", expected_version=2)
    assert stale.refused.code == "version_conflict"
    assert desk.cancel("a", order_id).order.version == 4


def test_only_open_orders_of_the_account_can_be_amended(desk):
    order_id = desk.ok("a", "sell", "1", "10")
    assert desk.amend("b", order_id, quantity="0.5").refused.code == "order_not_found"
    assert desk.amend("a", "ord_0000000000000099", quantity="1").refused.code == "order_not_found"
    for forged in ("", "1", "ord_1", "ord_000000000000000\u0661", "exe_0000000000000001"):
        assert desk.amend("a", forged, quantity="0.5").refused.code == "order_not_found"
    desk.ok("b", "buy", "1", "10")
    assert desk.amend("a", order_id, quantity="0.5").refused.code == "order_not_open"


def test_a_market_type_stop_has_no_limit_price(desk):
    stop = desk.ok("a", "sell", "1", stop_price="9")
    assert desk.amend("a", stop, limit_price="8").refused.code == "invalid_combination"


def test_replay_after_an_amendment_gives_the_amended_order(desk):
    request = desk.request("a", "sell", "1", "10")
    order_id = desk.do(request).order.order_id
    desk.amend("a", order_id, quantity="0.5")
    again = desk.do(request)
    assert (again.replayed, again.order.quantity) == (True, "0.5")
