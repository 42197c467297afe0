"""A market: everything that belongs to one instrument and has one writer.

Markets share nothing with each other; what crosses them (accounts and their balances) stands
in `State`. `handlers.cluster` says why one process still has them all.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from handlers.exchange.accounts import Balance
from handlers.exchange.book import Side
from handlers.exchange.candles import Candles
from handlers.exchange.instruments import OPEN, Instrument

if TYPE_CHECKING:
    from handlers.exchange.events import Traded
    from handlers.exchange.orders import Order

TRADES_KEPT: Final = 10_000


class Market:
    """Book, waiting stops, last trade, tape and candles of one instrument.

    `low` and `high` span the trade prices since stops were last looked at: a stop wakes when
    any of them reached it, not only the last. Both are None when there was none.
    """

    __slots__ = (
        "asks",
        "bids",
        "candles",
        "fees",
        "high",
        "instrument",
        "last",
        "low",
        "status",
        "stop_buys",
        "stop_sells",
        "trades",
    )

    def __init__(self, instrument: Instrument, fees: Balance) -> None:
        self.instrument = instrument
        self.fees = fees
        self.status = OPEN
        self.bids = Side()
        self.asks = Side()
        self.stop_buys = Side()
        self.stop_sells = Side()
        self.last: int | None = None
        self.low: int | None = None
        self.high: int | None = None
        self.trades: deque[Traded] = deque(maxlen=TRADES_KEPT)
        self.candles = Candles()

    def opposite(self, order: Order) -> Side:
        """The side of the book that an order trades with."""
        return self.asks if order.is_buy else self.bids

    def enqueue(self, order: Order) -> None:
        """Put an order into the book, or among the stops while it waits for its trigger."""
        if order.waiting:
            price = order.stop or 0
            if order.is_buy:
                self.stop_buys.add(order, -price)
            else:
                self.stop_sells.add(order, price)
        else:
            price = order.limit or 0
            if order.is_buy:
                self.bids.add(order, price)
            else:
                self.asks.add(order, -price)

    def record(self, time: int, price: int, quantity: int) -> None:
        """Note a trade's price: the last, the span that wakes stops, the candles."""
        self.last = price
        if self.low is None or price < self.low:
            self.low = price
        if self.high is None or price > self.high:
            self.high = price
        self.candles.record(time, price, quantity)

    def reached(self, order: Order) -> bool:
        """Whether the last trade already lies at or beyond an order's stop price."""
        if self.last is None or order.stop is None:
            return False
        return self.last >= order.stop if order.is_buy else self.last <= order.stop
