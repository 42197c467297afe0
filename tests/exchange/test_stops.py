from handlers.exchange.events import OrderTriggered


def print_at(desk, price, quantity="0.2"):
    """A trade between two bystanders."""
    desk.ok("b", "sell", quantity, price, stp_mode="cancel_oldest")
    desk.ok("c", "buy", quantity, price, time_in_force="ioc", stp_mode="cancel_oldest")


def test_a_stop_waits_beside_the_book_and_holds_its_estimate(desk):
    order = desk.place("a", "buy", "1", stop_price="12").order
    assert (order.type, order.status, order.stop_price, order.limit_price) == (
        *("stop", "open", "12.0", None),
    )
    assert desk.book() == ([], [])
    assert desk.balance("a", "USD") == ("9987.9760", "12.0240")


def test_a_stop_buy_wakes_at_or_above_its_price(desk):
    stop = desk.ok("a", "buy", "1", stop_price="12")
    desk.ok("b", "sell", "1", "13")
    print_at(desk, "11.5")
    assert desk.order("a", stop).status == "open"
    print_at(desk, "12")
    order = desk.order("a", stop)
    assert (order.status, order.average_price) == ("filled", "13.0")
    assert any(isinstance(event, OrderTriggered) for event in desk.events)


def test_a_stop_sell_wakes_at_or_below_its_price(desk):
    stop = desk.ok("a", "sell", "1", stop_price="9")
    desk.ok("c", "buy", "1", "8")
    print_at(desk, "9.5")
    assert desk.order("a", stop).status == "open"
    print_at(desk, "8.5")
    assert desk.order("a", stop).average_price == "8.0"
    assert desk.balance("a", "X") == ("99.00", "0.00")


def test_a_stop_limit_becomes_a_limit_order(desk):
    stop = desk.ok("a", "buy", "1", "12.5", stop_price="12")
    print_at(desk, "12")
    assert desk.book() == ([("12.5", "1.0")], [])
    assert desk.order("a", stop).status == "open"
    desk.ok("b", "sell", "1", "12.5")
    assert desk.order("a", stop).status == "filled"


def test_a_stop_whose_price_was_reached_already_works_at_once(desk):
    print_at(desk, "12")
    desk.ok("b", "sell", "1", "13")
    assert desk.order("a", desk.ok("a", "buy", "1", stop_price="11")).status == "filled"
    waiting = desk.order("a", desk.ok("a", "sell", "1", stop_price="11"))
    assert waiting.status == "open"


def test_any_trade_of_a_sweep_wakes_stops_not_only_the_last(desk):
    stop = desk.ok("a", "sell", "1", "5", stop_price="9")
    desk.ok("b", "sell", "0.2", "9")
    desk.ok("b", "sell", "0.2", "12")
    desk.ok("c", "buy", "0.4", "12")
    assert desk.trades() == [("9.0", "0.2"), ("12.0", "0.2")]
    assert desk.book() == ([], [("5.0", "1.0")])
    assert desk.order("a", stop).status == "open"


def test_stops_wake_by_price_then_age_and_cascade(desk):
    ids = {
        "far": desk.ok("a", "buy", "1", stop_price="14"),
        "old": desk.ok("a", "buy", "1", stop_price="12"),
        "new": desk.ok("c", "buy", "1", stop_price="12"),
        "near": desk.ok("c", "buy", "1", stop_price="11"),
    }
    for price in ("13", "13.5", "14", "14.5"):
        desk.ok("b", "sell", "1", price)
    print_at(desk, "12")
    filled = {
        name: desk.order("ac"[name in ("new", "near")], number).average_price
        for name, number in ids.items()
    }
    assert filled == {"near": "13.0", "old": "13.5", "new": "14.0", "far": "14.5"}


def test_a_stop_that_cannot_be_paid_is_rejected_at_its_trigger(empty):
    empty.fund("b", "c")
    empty.fund("a", usd="12.03", x="0.1")
    stop = empty.ok("a", "buy", "1", stop_price="12")
    empty.ok("b", "sell", "1", "13")
    print_at(empty, "12")
    order = empty.order("a", stop)
    assert (order.status, order.reject_code) == ("rejected", "insufficient_balance")
    assert empty.balance("a", "USD") == ("12.0300", "0.0000")


def test_a_post_only_stop_limit_that_would_cross_is_rejected_at_its_trigger(desk):
    stop = desk.ok("a", "buy", "1", "13", stop_price="12", post_only=True)
    desk.ok("b", "sell", "1", "12.5")
    print_at(desk, "12")
    order = desk.order("a", stop)
    assert (order.status, order.reject_code) == ("rejected", "post_only_would_cross")
    assert order.remaining_quantity == "0.0"


def test_a_waiting_stop_can_be_canceled_and_amended(desk):
    stop = desk.ok("a", "buy", "1", stop_price="12")
    assert desk.amend("a", stop, stop_price="13", quantity="2").order.version == 2
    assert desk.balance("a", "USD")[1] == "26.0520"
    print_at(desk, "12")
    assert desk.order("a", stop).status == "open"
    desk.cancel("a", stop)
    assert desk.balance("a", "USD") == ("10000.0000", "0.0000")
    print_at(desk, "13")
    assert desk.order("a", stop).status == "canceled"


def test_amending_a_stop_price_to_where_the_market_is_starts_it(desk):
    print_at(desk, "12")
    desk.ok("b", "sell", "1", "12.5")
    stop = desk.ok("a", "buy", "1", stop_price="14")
    assert desk.amend("a", stop, stop_price="12").order.status == "filled"


def test_a_stop_that_woke_has_no_stop_price_to_amend(desk):
    stop = desk.ok("a", "buy", "1", "12.5", stop_price="12")
    print_at(desk, "12")
    assert desk.amend("a", stop, stop_price="13").refused.code == "invalid_combination"
    assert desk.amend("a", stop, limit_price="12").order.limit_price == "12.0"
