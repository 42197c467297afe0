"""Positions: what trading in one instrument has come to, apart from deposits and fees.

A position is bought quantity less sold quantity since the account's first trade. Northgate is
a spot venue: balances settle every trade at once, and the position is the account's running
book-keeping of it. So a position may well be negative (an account that deposited coins and
sold them), while a balance never is. `reduce_only` refers to positions.

Entry prices are averaged over what opened the position. Reducing realises the difference to
the average; crossing zero closes everything and opens the rest anew at the trade's price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.exchange.accounts import Balance
    from handlers.exchange.instruments import Instrument
    from handlers.exchange.orders import Order


class Position:
    """Signed quantity in lots; cost and realised result in ticks x lots, all exact integers.

    `cost` is what the open quantity was entered for, always positive. Reducing takes its share
    of the cost rounded down, so that a round trip realises exactly what it earned or lost.
    `reducing` holds the account's working reduce-only orders, oldest first. `base` and `quote`
    are the account's balances that trades in the instrument move.
    """

    __slots__ = (
        "base",
        "cost",
        "instrument",
        "quantity",
        "quote",
        "realized",
        "reducing",
        "traded",
        "updated",
    )

    def __init__(self, instrument: Instrument, base: Balance, quote: Balance) -> None:
        self.instrument = instrument
        self.base = base
        self.quote = quote
        self.quantity = 0
        self.cost = 0
        self.realized = 0
        self.updated = 0
        self.traded = False
        self.reducing: dict[int, Order] = {}

    def trade(self, signed: int, price: int, time: int) -> None:
        """Book a trade: positive quantities were bought, negative ones sold."""
        held = self.quantity
        self.quantity = held + signed
        self.updated = time
        self.traded = True
        size = signed if signed > 0 else -signed  # calls of abs and min are dearer, twice a trade
        if held * signed >= 0:
            self.cost += price * size
            return
        open_size = held if held > 0 else -held
        closed = size if size < open_size else open_size  # noqa: FURB136 - as above
        share = self.cost * closed // open_size
        gain = price * closed - share
        self.realized += gain if held > 0 else -gain
        self.cost += price * (size - closed) - share

    def reducible(self, *, is_buy: bool) -> int:
        """How much an order of this side can trade before the position is zero."""
        return max(-self.quantity if is_buy else self.quantity, 0)
