import random
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.exchange import Window
from handlers.exchange.candles import INTERVALS
from handlers.exchange.codes import RefusalError
from handlers.exchange.paging import Cursor
from handlers.exchange.times import DAY, HOUR, MINUTE, SECOND, microseconds, rfc3339


def code_of(query, *args, **more):
    with pytest.raises(RefusalError) as caught:
        query(*args, **more)
    return caught.value.code


def pages(query, limit, **more):
    """All items of a list, page by page, with the sizes of the pages."""
    items, sizes, cursor = [], [], None
    while True:
        page = query(Window(limit=limit, cursor=cursor), **more)
        items += page.items
        sizes.append(len(page.items))
        cursor = page.next_cursor
        if cursor is None:
            return items, sizes


def orders_of(desk, account):
    return lambda window, **more: desk.exchange.orders(account, window, **more)


def test_orders_page_newest_first_and_never_repeat(desk):
    placed = []
    for n in range(10):
        placed.append(desk.ok("a", "buy", "1", "10"))
        desk.time += n % 2 * SECOND
    items, sizes = pages(orders_of(desk, "a"), 4)
    assert [o.order_id for o in items] == placed[::-1]
    assert sizes == [4, 4, 2]
    assert pages(orders_of(desk, "a"), 10)[1] == [10]
    first = desk.exchange.orders("a", Window(limit=4))
    desk.ok("a", "buy", "1", "10")
    second = desk.exchange.orders("a", Window(limit=4, cursor=first.next_cursor))
    assert [o.order_id for o in second.items] == placed[5:1:-1]


def test_orders_by_status_instrument_and_time(desk):
    start = desk.time
    filled = desk.ok("a", "sell", "1", "10")
    partly = desk.ok("a", "sell", "1", "10")
    desk.ok("b", "buy", "1.5", "10")
    desk.time += SECOND
    canceled = desk.ok("a", "sell", "1", "12")
    desk.cancel("a", canceled)
    opened = desk.ok("a", "sell", "1", "12")

    def found(**more):
        window = Window(**{k: more.pop(k) for k in ("start", "end") if k in more})
        return [o.order_id for o in desk.exchange.orders("a", window, **more).items]

    assert found() == [opened, canceled, partly, filled]
    assert found(status="working") == [opened, partly]
    assert found(status="closed") == [canceled, filled]
    assert found(status="open") == [opened]
    assert found(status="partially_filled") == [partly]
    assert found(status="canceled") == [canceled]
    assert found(status="rejected") == []
    assert found(instrument_id="X-USD", status="filled") == [filled]
    assert found(instrument_id="Y-USD") == []
    assert found(start=start + 1) == [opened, canceled]
    assert found(end=start + SECOND) == [partly, filled]
    assert found(start=start, end=start) == []


def test_accounts_see_only_what_is_theirs(desk):
    order_id = desk.ok("a", "buy", "1", "10", client_order_id="mine")
    assert code_of(desk.exchange.order, "b", order_id) == "order_not_found"
    assert code_of(desk.exchange.order_by_client_id, "b", "mine") == "order_not_found"
    assert code_of(desk.exchange.order_by_client_id, "nobody", "mine") == "order_not_found"
    assert desk.exchange.order_by_client_id("a", "mine").order_id == order_id
    assert desk.exchange.orders("b").items == ()
    assert desk.exchange.balances("nobody") == ()


def test_executions_by_order_and_page(desk):
    for _ in range(3):
        desk.ok("a", "sell", "1", "10")
    taker = desk.ok("b", "buy", "2.5", "10")
    query = desk.exchange.executions
    items, sizes = pages(lambda window: query("b", window), 2)
    assert sizes == [2, 1]
    assert [e.quantity for e in items] == ["0.5", "1.0", "1.0"]
    assert len({e.execution_id for e in items}) == 3
    assert all(e.order_id == taker for e in items)
    assert query("b", order_id=taker).items == tuple(items)
    assert query("b", order_id="ord_0000000000000099").items == ()
    assert query("b", order_id="forged").items == ()
    assert query("b", instrument_id="Y-USD").items == ()
    (second,) = query("a", order_id="ord_0000000000000002").items
    assert (second.side, second.liquidity, second.quantity) == ("sell", "maker", "1.0")


@pytest.mark.parametrize(
    "cursor", ["", "x", "MQ", "MS4y=", "MS4yMS4", "!!!!", "\u00e9", "LTEuMg", "MS4t", "A" * 600]
)
def test_cursors_that_were_never_given_out_are_malformed(desk, cursor):
    assert code_of(desk.exchange.orders, "a", Window(cursor=cursor)) == "malformed"


@given(st.integers(0, 2**62), st.integers(0, 2**62))
def test_cursors_travel_as_text(time, number):
    cursor = Cursor(time, number)
    assert Cursor.decode(cursor.encode()) == cursor
    assert cursor.encode().isascii()


def test_the_book_shows_levels_in_order_and_depth(desk):
    for price in ("9", "8", "9.5"):
        desk.ok("a", "buy", "1", price)
    for price in ("11", "12", "10.5", "11"):
        desk.ok("b", "sell", "0.5", price)
    book = desk.exchange.book("X-USD", depth=2)
    assert [tuple(level) for level in book.bids] == [("9.5", "1.0"), ("9.0", "1.0")]
    assert [tuple(level) for level in book.asks] == [("10.5", "0.5"), ("11.0", "1.0")]
    assert (book.seq, book.time) == (desk.exchange.seq, desk.time)
    assert code_of(desk.exchange.book, "Y-USD") == "instrument_not_found"


def test_candles_fold_to_longer_intervals(desk):
    desk.time += HOUR - desk.time % HOUR
    start = desk.time
    for after, price in ((0, "10"), (30 * SECOND, "12"), (MINUTE, "9"), (6 * MINUTE, "11")):
        desk.time = start + after
        desk.ok("a", "sell", "0.5", price)
        desk.ok("b", "buy", "0.5", price)
    minutes = desk.exchange.candles("X-USD", "1m").items
    assert [tuple(c) for c in minutes] == [
        (start + 6 * MINUTE, "11.0", "11.0", "11.0", "11.0", "0.5", 1),
        (start + MINUTE, "9.0", "9.0", "9.0", "9.0", "0.5", 1),
        (start, "10.0", "12.0", "10.0", "12.0", "1.0", 2),
    ]
    fives = desk.exchange.candles("X-USD", "5m").items
    assert [tuple(c) for c in fives][1] == (start, "10.0", "12.0", "9.0", "9.0", "1.5", 3)
    for interval in ("15m", "1h", "4h", "1d"):
        (candle,) = desk.exchange.candles("X-USD", interval).items
        assert (candle.open, candle.close, candle.volume) == ("10.0", "11.0", "2.0")
    assert desk.exchange.candles("X-USD", "1d").items[0].start_time % DAY == 0
    assert len(desk.exchange.candles("X-USD", "1m", Window(start=start + 1)).items) == 2
    assert code_of(desk.exchange.candles, "X-USD", "7m") == "malformed"


def test_trades_are_public_and_newest_first(desk):
    desk.ok("a", "sell", "1", "10")
    desk.ok("b", "buy", "0.4", "10")
    desk.ok("b", "buy", "0.6", "10")
    trades = desk.exchange.trades("X-USD").items
    assert [t.quantity for t in trades] == ["0.6", "0.4"]
    assert {t.taker_side for t in trades} == {"buy"}
    assert trades[0].seq > trades[1].seq
    assert "account" not in " ".join(trades[0]._fields)


def test_instruments_show_their_terms(desk):
    (instrument,) = desk.exchange.instruments()
    assert instrument == desk.exchange.instrument("X-USD")
    assert instrument._asdict() == {
        "instrument_id": "X-USD",
        "base_asset": "X",
        "quote_asset": "USD",
        "status": "open",
        "price_tick": "0.5",
        "quantity_step": "0.1",
        "minimum_quantity": "0.1",
        "minimum_notional": "1.0000",
        "maker_fee_rate": "0.001000",
        "taker_fee_rate": "0.002000",
    }


def test_balances_show_what_was_ever_held(desk):
    balances = desk.exchange.balances("a")
    assert [(b.asset, b.total, b.available) for b in balances] == [
        ("USD", "10000.0000", "10000.0000"),
        ("X", "100.00", "100.00"),
    ]


@given(st.datetimes(timezones=st.just(UTC)))
def test_instants_are_text_with_six_digits(instant):
    assert rfc3339(microseconds(instant)) == instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_folded_candles_equal_what_the_trades_say(new_desk):
    desk = new_desk(retention=2 * DAY)
    desk.fund("a", "b", usd="1000000", x="10000")
    rng = random.Random(3)
    traded = []
    for _ in range(400):
        desk.time += rng.choice((SECOND, 20 * SECOND, 4 * MINUTE, 50 * MINUTE))
        price, quantity = rng.randrange(16, 26), rng.randrange(2, 9)
        desk.ok("a", "sell", f"0.{quantity}", str(price / 2))
        desk.ok("b", "buy", f"0.{quantity}", str(price / 2))
        traded.append((desk.time, price / 2, quantity))
    for name, length in INTERVALS.items():
        groups = {}
        for time, price, quantity in traded:
            groups.setdefault(time - time % length, []).append((price, quantity))
        shown, _ = pages(lambda w, name=name: desk.exchange.candles("X-USD", name, w), 100)
        assert len(shown) == len({c.start_time for c in shown})
        for candle in shown:
            prices = [price for price, _ in groups[candle.start_time]]
            volume = sum(quantity for _, quantity in groups[candle.start_time])
            assert [candle.open, candle.high, candle.low, candle.close, candle.volume] == [
                *(f"{p:.1f}" for p in (prices[0], max(prices), min(prices), prices[-1])),
                f"{volume / 10:.1f}",
            ]
            assert candle.trade_count == len(prices)
        if length >= HOUR:
            assert len(shown) == len(groups), "long candles are kept for good"
        else:
            assert 10 < len(shown) < len(groups), "short ones for the retention"
