"""The whole state of the venue, and the few operations that everything else is made of."""

from __future__ import annotations

from collections import deque
from heapq import heappush
from typing import Final

from handlers.exchange.accounts import EXTERNAL, VENUE_ACCOUNTS, Account
from handlers.exchange.codes import (
    INSTRUMENT_NOT_FOUND,
    MALFORMED,
    ORDER_NOT_FOUND,
    TIMESTAMP_OUT_OF_WINDOW,
    RefusalError,
)
from handlers.exchange.events import Event
from handlers.exchange.ids import order_number
from handlers.exchange.instruments import Asset
from handlers.exchange.market import Market
from handlers.exchange.orders import Order
from handlers.exchange.positions import Position
from handlers.exchange.times import DAY

RETENTION: Final = 31 * DAY  # how long closed orders keep their client ids taken

ORDER_TIMER: Final = 0
ACCOUNT_TIMER: Final = 1


class State:
    """Mutable state; only `Exchange.apply` sets it in motion.

    Attributes:
        now: Time of the command being applied, never going back.
        idle_until: Before this instant nothing is due by itself; may be too early, never too late.
        events: What the command being applied has done so far.
        touched: Positions that a trade changed while reduce-only orders depend on them.
        woken: Stop orders whose trigger was reached, in the order in which they start to work.
        timers: Heap of (deadline, kind, number); entries whose deadline no longer stands are
            skipped when they come up.
        closed: Closed orders, oldest first, until retention ends.
    """

    __slots__ = (
        "accounts",
        "accounts_by_number",
        "assets",
        "closed",
        "events",
        "external",
        "idle_until",
        "markets",
        "now",
        "order_count",
        "orders",
        "pruned",
        "retention",
        "sequence",
        "timers",
        "touched",
        "trade_count",
        "woken",
    )

    def __init__(self, retention: int = RETENTION) -> None:
        self.retention = retention
        self.now = 0
        self.pruned = 0
        self.idle_until = 0
        self.sequence = 0
        self.order_count = 0
        self.trade_count = 0
        self.events: list[Event] = []
        self.touched: list[Position] = []
        self.woken: deque[Order] = deque()
        self.assets: dict[str, Asset] = {}
        self.markets: dict[str, Market] = {}
        self.orders: dict[int, Order] = {}
        self.closed: deque[Order] = deque()
        self.timers: list[tuple[int, int, int]] = []
        self.accounts: dict[str, Account] = {}
        self.accounts_by_number: list[Account] = []
        for account_id in VENUE_ACCOUNTS:
            self._open_account(account_id)
        self.external = self.accounts[EXTERNAL]

    def next_seq(self) -> int:
        """The sequence number of the next event."""
        self.sequence += 1
        return self.sequence

    def client(self, account_id: str) -> Account:
        """A client's account, opened when it is first needed; venue accounts are refused."""
        account = self.accounts.get(account_id)
        if account is None:
            return self._open_account(account_id)
        if account.number < len(VENUE_ACCOUNTS):  # they were opened first
            raise RefusalError(MALFORMED, "This account belongs to the venue.", "/account_id")
        return account

    def market(self, instrument_id: str) -> Market:
        """The market of an instrument, or a refusal with `instrument_not_found`."""
        market = self.markets.get(instrument_id)
        if market is None:
            raise RefusalError(
                INSTRUMENT_NOT_FOUND, "There is no such instrument.", "/instrument_id"
            )
        return market

    def order_of(self, account_id: str, order_id: str) -> Order:
        """An order of this account, or a refusal with `order_not_found`."""
        order = self.orders.get(order_number(order_id) or 0)
        if order is None or order.account.account_id != account_id:
            raise RefusalError(ORDER_NOT_FOUND, "The account has no such order.")
        return order

    def require_fresh(self, expires: int | None) -> None:
        """Refuse a command that reached the core after its last instant."""
        if expires is not None and expires < self.now:
            raise RefusalError(
                TIMESTAMP_OUT_OF_WINDOW,
                "The request expired before it reached the matching core; it was not executed.",
            )

    def set_timer(self, deadline: int, kind: int, number: int) -> None:
        """Have the timers look at an order or account at a deadline."""
        heappush(self.timers, (deadline, kind, number))
        self.idle_until = min(self.idle_until, deadline)

    def _open_account(self, account_id: str) -> Account:
        account = Account(account_id, len(self.accounts_by_number))
        self.accounts[account_id] = account
        self.accounts_by_number.append(account)
        return account
