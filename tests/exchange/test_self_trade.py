import pytest

MODES = ("cancel_newest", "cancel_oldest", "cancel_both")


def test_cancel_newest_is_refused_when_it_would_meet_itself_first(desk):
    own = desk.ok("a", "sell", "1", "10")
    assert desk.code("a", "buy", "1", "10") == "self_trade_prevented"
    assert desk.order("a", own).status == "open"


def test_cancel_newest_keeps_what_it_traded_before_it_meets_itself(desk):
    desk.ok("b", "sell", "1", "9.5")
    own = desk.ok("a", "sell", "1", "10")
    order = desk.order("a", desk.ok("a", "buy", "2", "10"))
    assert (order.status, order.cancel_reason, order.filled_quantity) == (
        "canceled",
        "self_trade_prevention",
        "1.0",
    )
    assert desk.order("a", own).status == "open"
    assert desk.balance("a", "USD")[1] == "0.0000"


def test_cancel_oldest_clears_its_own_way(desk):
    own = [desk.ok("a", "sell", "1", price) for price in ("9.5", "10")]
    desk.ok("b", "sell", "1", "10")
    order = desk.order("a", desk.ok("a", "buy", "2", "10", stp_mode="cancel_oldest"))
    assert (order.status, order.filled_quantity) == ("partially_filled", "1.0")
    assert [desk.order("a", i).cancel_reason for i in own] == ["self_trade_prevention"] * 2
    assert desk.balance("a", "X") == ("101.00", "0.00")


def test_cancel_both_ends_both(desk):
    own = desk.ok("a", "sell", "1", "10")
    desk.ok("b", "sell", "1", "10")
    order = desk.order("a", desk.ok("a", "buy", "2", "10", stp_mode="cancel_both"))
    assert (order.status, order.cancel_reason, order.filled_quantity) == (
        "canceled",
        "self_trade_prevention",
        "0.0",
    )
    assert desk.order("a", own).status == "canceled"
    assert desk.trades() == []


@pytest.mark.parametrize("mode", MODES)
def test_orders_out_of_reach_are_left_alone(desk, mode):
    own = desk.ok("a", "sell", "1", "11")
    desk.ok("b", "sell", "1", "10")
    order = desk.order("a", desk.ok("a", "buy", "2", "10.5", stp_mode=mode))
    assert order.status == "partially_filled"
    assert desk.order("a", own).status == "open"


@pytest.mark.parametrize(
    ("mode", "filled"), [("cancel_newest", "0.0"), ("cancel_oldest", "2.0"), ("cancel_both", "0.0")]
)
def test_fok_knows_that_own_orders_are_no_liquidity(desk, mode, filled):
    desk.ok("b", "sell", "1", "9.5")
    own = desk.ok("a", "sell", "1", "10")
    desk.ok("c", "sell", "1", "10.5")
    order = desk.order("a", desk.ok("a", "buy", "2", "10.5", time_in_force="fok", stp_mode=mode))
    assert order.filled_quantity == filled
    assert desk.order("a", own).status == ("canceled" if filled == "2.0" else "open")


def test_a_market_buy_is_charged_only_for_what_others_offer(empty):
    empty.fund("b")
    empty.fund("a", usd="10.02", x="5")
    empty.ok("a", "sell", "5", "9")
    empty.ok("b", "sell", "1", "10")
    order = empty.order("a", empty.ok("a", "buy", "1", stp_mode="cancel_oldest"))
    assert order.status == "filled"
    assert empty.balance("a", "USD") == ("0.0000", "0.0000")


def test_the_takers_mode_counts(desk):
    own = desk.ok("a", "sell", "1", "10", stp_mode="cancel_oldest")
    assert desk.code("a", "buy", "1", "10", stp_mode="cancel_newest") == "self_trade_prevented"
    assert desk.order("a", own).status == "open"
