"""Reading the venue: every query is a pure function of the state between two commands.

Accounts see only what is theirs: an order of another account is not found, just like one that
never was.
"""

from __future__ import annotations

from functools import partial

from handlers.exchange.accounts import Account
from handlers.exchange.candles import INTERVALS, Candle
from handlers.exchange.codes import MALFORMED, ORDER_NOT_FOUND, RefusalError
from handlers.exchange.events import Traded
from handlers.exchange.ids import order_number
from handlers.exchange.orders import WORKING_STATUSES, Order
from handlers.exchange.paging import Cursor, Page, Window, page
from handlers.exchange.state import State
from handlers.exchange.views import (
    BalanceView,
    BookView,
    CandleView,
    ExecutionView,
    InstrumentView,
    OrderView,
    PositionView,
    TradeView,
    balance_view,
    book_view,
    candle_view,
    execution_view,
    instrument_view,
    order_view,
    position_view,
    trade_view,
)

WORKING = "working"
CLOSED = "closed"

ALL = Window()
_NOBODY = Account("", -1)


class Queries:
    """All reads, over the state that `Exchange` changes."""

    __slots__ = ("_state",)

    def __init__(self, state: State) -> None:
        self._state = state

    @property
    def time(self) -> int:
        """Time of the last command, microseconds."""
        return self._state.now

    @property
    def seq(self) -> int:
        """Sequence number of the last event."""
        return self._state.sequence

    def instruments(self) -> tuple[InstrumentView, ...]:
        """All instruments, by id."""
        markets = self._state.markets
        return tuple(instrument_view(markets[name]) for name in sorted(markets))

    def instrument(self, instrument_id: str) -> InstrumentView:
        """One instrument; RefusalError `instrument_not_found`."""
        return instrument_view(self._state.market(instrument_id))

    def book(self, instrument_id: str, depth: int = 50) -> BookView:
        """The best `depth` levels of both sides; RefusalError `instrument_not_found`."""
        state = self._state
        return book_view(state.market(instrument_id), depth, state.sequence, state.now)

    def trades(self, instrument_id: str, window: Window = ALL) -> Page[TradeView]:
        """The last trades, newest first; RefusalError `instrument_not_found`."""
        market = self._state.market(instrument_id)
        show = partial(trade_view, instrument=market.instrument)
        return page(market.trades, _trade_place, show, window)

    def candles(self, instrument_id: str, interval: str, window: Window = ALL) -> Page[CandleView]:
        """Candles, newest first, the newest still growing.

        Raises:
            RefusalError: `instrument_not_found`, or `malformed` for an unknown interval.
        """
        market = self._state.market(instrument_id)
        length = INTERVALS.get(interval)
        if length is None:
            raise RefusalError(MALFORMED, "There is no such interval.", "/interval")
        show = partial(candle_view, instrument=market.instrument)
        return page(market.candles.series(length), _candle_place, show, window)

    def order(self, account_id: str, order_id: str) -> OrderView:
        """An order of this account; RefusalError `order_not_found`."""
        return order_view(self._state.order_of(account_id, order_id))

    def order_by_client_id(self, account_id: str, client_order_id: str) -> OrderView:
        """An order by the client's name for it; RefusalError `order_not_found`."""
        order = self._account(account_id).by_client_id.get(client_order_id)
        if order is None:
            raise RefusalError(ORDER_NOT_FOUND, "The account has no such order.")
        return order_view(order)

    def knows(self, account_id: str, client_order_id: str) -> bool:
        """Whether a client id stands for an order of the account."""
        return client_order_id in self._account(account_id).by_client_id

    def orders(
        self,
        account_id: str,
        window: Window = ALL,
        *,
        instrument_id: str | None = None,
        status: str | None = None,
    ) -> Page[OrderView]:
        """Orders by creation, newest first.

        `status` is one status, `working` for all that may still trade, `closed` for the others.
        """
        account = self._account(account_id)
        chosen = account.orders
        if status == WORKING or status in WORKING_STATUSES:
            chosen = list(account.working.values())

        def wanted(order: Order) -> bool:
            if instrument_id not in (None, order.request.instrument_id):
                return False
            if status in (WORKING, CLOSED):
                return order.is_final == (status == CLOSED)
            return status in (None, order.status)

        return page(chosen, _order_place, order_view, window, wanted)

    def executions(
        self,
        account_id: str,
        window: Window = ALL,
        *,
        instrument_id: str | None = None,
        order_id: str | None = None,
    ) -> Page[ExecutionView]:
        """The account's sides of its trades, newest first."""
        number = None if order_id is None else order_number(order_id) or 0
        markets = self._state.markets

        def wanted(trade: Traded) -> bool:
            mine = trade.maker_order if trade.maker_account_id == account_id else trade.taker_order
            return number in (None, mine) and instrument_id in (None, trade.instrument_id)

        def show(trade: Traded) -> ExecutionView:
            return execution_view(trade, account_id, markets[trade.instrument_id].instrument)

        return page(self._account(account_id).executions, _trade_place, show, window, wanted)

    def balances(self, account_id: str) -> tuple[BalanceView, ...]:
        """One balance per asset that the account ever held, by asset."""
        balances = self._account(account_id).balances
        assets = self._state.assets
        return tuple(
            balance_view(assets[name], balance)
            for name, balance in sorted(balances.items())
            if balance.updated
        )

    def positions(self, account_id: str) -> tuple[PositionView, ...]:
        """One position per instrument that the account ever traded, by instrument."""
        positions = self._account(account_id).positions
        return tuple(position_view(p) for _, p in sorted(positions.items()) if p.traded)

    def cancel_after(self, account_id: str) -> int | None:
        """When the account's dead-man switch fires, or None while it is off."""
        return self._account(account_id).cancel_after or None

    def _account(self, account_id: str) -> Account:
        return self._state.accounts.get(account_id, _NOBODY)


def _order_place(order: Order) -> Cursor:
    return Cursor(order.created, order.number)


def _trade_place(trade: Traded) -> Cursor:
    return Cursor(trade.time, trade.trade)


def _candle_place(candle: Candle) -> Cursor:
    return Cursor(candle.start, 0)
