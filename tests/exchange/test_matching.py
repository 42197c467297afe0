import pytest

from handlers.exchange.events import OrderAccepted, Traded


def test_best_price_first_then_oldest(desk):
    late = desk.ok("b", "sell", "1", "10.5")
    cheap = desk.ok("c", "sell", "1", "10")
    later = desk.ok("c", "sell", "1", "10.5")
    taker = desk.ok("a", "buy", "2.5", "11")
    assert desk.trades() == [("10.0", "1.0"), ("10.5", "1.0"), ("10.5", "0.5")]
    assert desk.order("c", cheap).status == "filled"
    assert desk.order("b", late).status == "filled"
    assert desk.order("c", later).status == "partially_filled"
    assert desk.order("c", later).remaining_quantity == "0.5"
    order = desk.order("a", taker)
    assert (order.status, order.average_price, order.remaining_quantity) == (
        "filled",
        "10.3",
        "0.0",
    )
    assert desk.book() == ([], [("10.5", "0.5")])


def test_sells_meet_the_highest_bid_first(desk):
    desk.ok("a", "buy", "1", "10")
    desk.ok("b", "buy", "1", "11")
    desk.ok("c", "sell", "2", "10")
    assert desk.trades() == [("11.0", "1.0"), ("10.0", "1.0")]


def test_what_does_not_trade_rests_at_its_price(desk):
    desk.ok("b", "sell", "1", "10")
    desk.ok("a", "buy", "3", "10.5")
    assert desk.book() == ([("10.5", "2.0")], [])


def test_settlement_fees_and_price_improvement(desk):
    desk.ok("b", "sell", "2", "10")
    desk.ok("a", "buy", "2", "12")
    # 20 USD change hands; the taker pays 0.04, the maker 0.02; nothing of the 24.048 is kept.
    assert desk.balance("a", "USD") == ("9979.9600", "0.0000")
    assert desk.balance("a", "X") == ("102.00", "0.00")
    assert desk.balance("b", "USD") == ("10019.9800", "0.0000")
    assert desk.balance("b", "X") == ("98.00", "0.00")


def test_fees_end_with_the_venue_and_everything_sums_to_zero(desk):
    desk.ok("b", "sell", "2", "10")
    desk.ok("a", "buy", "2", "12")
    assert desk.exchange.imbalance() == {}
    sums = {"USD": 0, "X": 0}
    for account in "abc":
        for asset in sums:
            sums[asset] += float(desk.balance(account, asset)[0])
    assert sums == {"USD": pytest.approx(30_000 - 0.06), "X": 300}


def test_a_resting_buy_that_is_hit_pays_the_maker_fee_and_gets_the_rest_back(desk):
    desk.ok("a", "buy", "2", "10")
    assert desk.balance("a", "USD") == ("9979.9600", "20.0400")
    desk.ok("b", "sell", "1", "9")
    # half is left: 10.02 held; 10.01 paid of the other half
    assert desk.balance("a", "USD") == ("9979.9700", "10.0200")


def test_fees_are_rounded_down_per_trade(desk):
    desk.ok("b", "sell", "0.1", "10.5")
    desk.ok("a", "buy", "0.1", "10.5")
    executions = [desk.exchange.executions(n).items[0] for n in "ab"]
    assert [e.fee for e in executions] == ["0.0021", "0.0010"]


def test_executions_show_each_account_its_side(desk):
    maker = desk.ok("b", "sell", "1", "10")
    taker = desk.ok("a", "buy", "1", "10")
    (mine,), (theirs,) = (desk.exchange.executions(n).items for n in "ab")
    assert (mine.order_id, mine.side, mine.liquidity) == (taker, "buy", "taker")
    assert (theirs.order_id, theirs.side, theirs.liquidity) == (maker, "sell", "maker")
    assert mine.execution_id != theirs.execution_id
    assert mine.seq == theirs.seq
    assert (mine.fee_asset, mine.price, mine.quantity) == ("USD", "10.0", "1.0")


def test_market_orders_take_what_is_there(desk):
    desk.ok("b", "sell", "1", "10")
    desk.ok("b", "sell", "1", "20")
    order = desk.order("a", desk.ok("a", "buy", "3"))
    assert (order.status, order.cancel_reason) == ("canceled", "time_in_force")
    assert (order.filled_quantity, order.remaining_quantity) == ("2.0", "0.0")
    assert (order.time_in_force, order.limit_price, order.average_price) == ("ioc", None, "15.0")
    assert desk.balance("a", "USD") == ("9969.9400", "0.0000")


def test_a_market_order_without_a_counterpart_ends_at_once(desk):
    order = desk.order("a", desk.ok("a", "sell", "1"))
    assert (order.status, order.cancel_reason, order.filled_quantity) == (
        "canceled",
        "time_in_force",
        "0.0",
    )
    assert desk.balance("a", "X") == ("100.00", "0.00")


def test_a_market_buy_beyond_the_balance_is_refused_as_a_whole(empty):
    empty.fund("b")
    empty.fund("a", usd="30.05", x="1")
    empty.ok("b", "sell", "1", "10")
    empty.ok("b", "sell", "1", "20")
    assert empty.code("a", "buy", "2") == "insufficient_balance"
    assert empty.trades() == []
    empty.fund("a", usd="0.01")
    assert empty.code("a", "buy", "2") is None
    assert empty.balance("a", "USD") == ("0.0000", "0.0000")


def test_a_market_sell_needs_the_base(empty):
    empty.fund("a", x="1")
    assert empty.code("a", "sell", "1.1") == "insufficient_balance"


def test_ioc_cancels_the_rest(desk):
    desk.ok("b", "sell", "1", "10")
    order = desk.order("a", desk.ok("a", "buy", "2", "10", time_in_force="ioc"))
    assert (order.status, order.cancel_reason, order.filled_quantity) == (
        "canceled",
        "time_in_force",
        "1.0",
    )
    assert desk.book() == ([], [])
    assert desk.balance("a", "USD")[1] == "0.0000"


@pytest.mark.parametrize("price", ["10.5", None])
def test_fok_trades_everything_or_nothing(desk, price):
    desk.ok("b", "sell", "1", "10")
    desk.ok("c", "sell", "1", "10.5")
    order = desk.order("a", desk.ok("a", "buy", "2.1", price, time_in_force="fok"))
    assert (order.status, order.cancel_reason, order.filled_quantity) == (
        "canceled",
        "time_in_force",
        "0.0",
    )
    assert desk.trades() == []
    order = desk.order("a", desk.ok("a", "buy", "2", price, time_in_force="fok"))
    assert (order.status, order.filled_quantity) == ("filled", "2.0")


def test_fok_counts_only_what_its_price_reaches(desk):
    desk.ok("b", "sell", "1", "10")
    desk.ok("b", "sell", "1", "11")
    order = desk.order("a", desk.ok("a", "buy", "2", "10.5", time_in_force="fok"))
    assert order.filled_quantity == "0.0"


def test_post_only_never_takes(desk):
    desk.ok("b", "sell", "1", "10")
    assert desk.code("a", "buy", "1", "10", post_only=True) == "post_only_would_cross"
    assert desk.code("a", "buy", "1", "9.5", post_only=True) is None
    assert desk.code("b", "sell", "1", "9.5", post_only=True) == "post_only_would_cross"
    assert desk.trades() == []


def test_canceling_in_the_middle_of_a_queue_keeps_the_order_of_the_others(desk):
    ids = [desk.ok("b", "sell", "1", "10") for _ in range(5)]
    for index in (2, 0, 4):
        desk.cancel("b", ids[index])
    assert desk.book() == ([], [("10.0", "2.0")])
    desk.ok("a", "buy", "1", "10")
    assert [desk.order("b", i).status for i in ids] == [
        *("canceled", "filled", "canceled", "open", "canceled"),
    ]
    desk.ok("a", "buy", "0.5", "10")
    assert desk.order("b", ids[3]).filled_quantity == "0.5"
    desk.cancel("b", ids[3])
    assert desk.book() == ([], [])


def test_events_of_the_hot_path_have_the_shape_of_their_types(desk):
    desk.ok("b", "sell", "2", "10")
    desk.place("a", "buy", "1", "10")
    accepted, traded = desk.events
    assert isinstance(accepted, OrderAccepted)
    assert isinstance(traded, Traded)
    for event in (accepted, traded):
        assert len(event) == len(event._fields)
    assert accepted._asdict() | {"seq": 0} == {
        "seq": 0,
        "time": desk.time,
        "account_id": "a",
        "order": 2,
        "client_order_id": "c8",
        "instrument_id": "X-USD",
        "side": "buy",
        "type": "limit",
        "quantity": 10,
        "limit": 20,
        "stop": None,
    }
    assert traded._asdict() | {"seq": 0} == {
        "seq": 0,
        "time": desk.time,
        "instrument_id": "X-USD",
        "trade": 1,
        "price": 20,
        "quantity": 10,
        "taker_side": "buy",
        "taker_account_id": "a",
        "taker_order": 2,
        "taker_client_order_id": "c8",
        "taker_fee": 200,
        "taker_remaining": 0,
        "maker_account_id": "b",
        "maker_order": 1,
        "maker_client_order_id": "c7",
        "maker_fee": 100,
        "maker_remaining": 10,
    }


def test_every_event_has_the_next_sequence_number(desk):
    seen = [event.seq for event in desk.events]
    for command in (("b", "sell", "1", "10"), ("a", "buy", "2", "10"), ("a", "buy", "1", "10.3")):
        desk.place(*command)
        seen += [event.seq for event in desk.events]
    assert seen == list(range(seen[0], seen[0] + len(seen)))
