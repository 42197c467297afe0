import pytest


def trade(desk, buyer, seller, quantity, price):
    desk.ok(seller, "sell", quantity, price)
    desk.ok(buyer, "buy", quantity, price, time_in_force="ioc")


def test_positions_average_entries_and_realise_on_the_way_out(desk):
    trade(desk, "a", "b", "1", "10")
    trade(desk, "a", "b", "3", "12")
    position = desk.position("a")
    assert (position.quantity, position.average_price) == ("4.0", "11.5")
    assert position.realized_pnl == "0.0000"
    trade(desk, "b", "a", "1", "13")
    position = desk.position("a")
    assert (position.quantity, position.average_price, position.realized_pnl) == (
        *("3.0", "11.5", "1.5000"),
    )
    assert desk.position("b").quantity == "-3.0"


def test_crossing_zero_closes_and_opens_anew(desk):
    trade(desk, "a", "b", "2", "10")
    trade(desk, "c", "a", "5", "11")
    position = desk.position("a")
    assert (position.quantity, position.average_price, position.realized_pnl) == (
        *("-3.0", "11.0", "2.0000"),
    )
    trade(desk, "a", "c", "3", "12")
    position = desk.position("a")
    assert (position.quantity, position.average_price, position.realized_pnl) == (
        *("0.0", None, "-1.0000"),
    )


@pytest.mark.parametrize("beyond", ["0.1", "0.2", "3"])
def test_crossing_zero_keeps_only_the_rest_at_its_price(desk, beyond):
    trade(desk, "a", "b", "2", "10")
    trade(desk, "c", "a", str(2 + float(beyond)), "11")
    position = desk.position("a")
    assert (position.average_price, position.realized_pnl) == ("11.0", "2.0000")
    assert position.quantity == f"-{float(beyond):.1f}"


def test_a_round_trip_realises_exactly_what_it_earned(desk):
    for quantity, price in (("0.1", "10"), ("0.3", "10.5"), ("0.7", "11")):
        trade(desk, "a", "b", quantity, price)
    for quantity, price in (("0.2", "10.5"), ("0.5", "9"), ("0.4", "12")):
        trade(desk, "b", "a", quantity, price)
    # 2.1 + 4.5 + 4.8 - 1 - 3.15 - 7.7
    assert desk.position("a").realized_pnl == "-0.4500"
    assert desk.position("b").realized_pnl == "0.4500"


def test_an_account_that_never_traded_has_no_position(desk):
    desk.ok("a", "buy", "1", "10")
    assert desk.exchange.positions("a") == ()


def test_reduce_only_needs_a_position_on_the_other_side(desk):
    assert desk.code("a", "sell", "1", "10", reduce_only=True) == "reduce_only_violation"
    trade(desk, "a", "b", "2", "10")
    assert desk.code("a", "buy", "1", "10", reduce_only=True) == "reduce_only_violation"
    assert desk.code("a", "sell", "2.1", "11", reduce_only=True) == "reduce_only_violation"
    assert desk.code("a", "sell", "1.5", "11", reduce_only=True) is None
    assert desk.code("a", "sell", "1", "11", reduce_only=True) == "reduce_only_violation"
    assert desk.code("b", "buy", "2", "9", reduce_only=True) is None


def test_reduce_only_orders_go_when_their_position_does_newest_first(desk):
    trade(desk, "a", "b", "3", "10")
    old, new = (desk.ok("a", "sell", "1.5", "12", reduce_only=True) for _ in range(2))
    trade(desk, "c", "a", "1", "11")
    assert desk.order("a", old).status == "open"
    assert (desk.order("a", new).status, desk.order("a", new).cancel_reason) == (
        *("canceled", "reduce_only"),
    )
    trade(desk, "c", "a", "3", "11")
    assert desk.order("a", old).status == "canceled"
    assert desk.balance("a", "X")[1] == "0.00"


def test_a_reduce_only_order_that_lost_its_priority_is_the_newest(desk):
    trade(desk, "a", "b", "3", "10")
    amended, other = (desk.ok("a", "sell", "1.5", "12", reduce_only=True) for _ in range(2))
    desk.amend("a", amended, limit_price="12.5")
    trade(desk, "c", "a", "1", "11")
    assert desk.order("a", amended).status == "canceled"
    assert desk.order("a", other).status == "open"


def test_within_one_sweep_a_reduce_only_order_trades_only_what_is_left(desk):
    trade(desk, "a", "b", "2", "10")
    desk.ok("a", "sell", "1.5", "11")
    reducing = desk.ok("a", "sell", "2", "11.5", reduce_only=True)
    behind = desk.ok("b", "sell", "5", "12")
    desk.ok("c", "buy", "3", "12")
    order = desk.order("a", reducing)
    assert (order.filled_quantity, order.status, order.cancel_reason) == (
        *("0.5", "canceled", "reduce_only"),
    )
    assert desk.position("a").quantity == "0.0"
    assert desk.order("b", behind).filled_quantity == "1.0"


def test_fok_sees_reduce_only_orders_shrink(desk):
    trade(desk, "a", "b", "2", "10")
    desk.ok("a", "sell", "1.5", "11")
    desk.ok("a", "sell", "2", "11.5", reduce_only=True)
    order = desk.order("c", desk.ok("c", "buy", "3", "12", time_in_force="fok"))
    assert order.filled_quantity == "0.0"
    order = desk.order("c", desk.ok("c", "buy", "2", "12", time_in_force="fok"))
    assert order.status == "filled"


@pytest.mark.parametrize(("bought", "status"), [("1", "filled"), ("0.5", "rejected")])
def test_a_reduce_only_stop_is_judged_at_its_trigger(desk, bought, status):
    stop = desk.ok("a", "sell", "1", stop_price="9", reduce_only=True)
    trade(desk, "a", "b", bought, "10")
    desk.ok("c", "buy", "5", "8.5")
    desk.ok("b", "sell", "0.2", "8.5")
    order = desk.order("a", stop)
    assert order.status == status
    assert order.reject_code == (None if status == "filled" else "reduce_only_violation")


def test_amending_a_reduce_only_order_keeps_to_the_position(desk):
    trade(desk, "a", "b", "2", "10")
    order_id = desk.ok("a", "sell", "1", "12", reduce_only=True)
    assert desk.amend("a", order_id, quantity="2.5").refused.code == "reduce_only_violation"
    assert desk.amend("a", order_id, quantity="2").order.quantity == "2.0"
