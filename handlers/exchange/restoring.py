"""From the records of a state back to the state; see `handlers.exchange.records`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from handlers.exchange.accounts import FEES, VENUE_ACCOUNTS
from handlers.exchange.candles import Candle
from handlers.exchange.commands import PlaceOrder
from handlers.exchange.events import Traded
from handlers.exchange.instruments import Asset, Instrument
from handlers.exchange.market import Market
from handlers.exchange.orders import Order
from handlers.exchange.records import END, FORMAT, ORDER_STATE, REQUEST, TERMS
from handlers.exchange.state import ACCOUNT_TIMER, ORDER_TIMER, State


class SnapshotError(Exception):
    """Records that are no state of this version of the core."""


def restore(lines: Iterable[bytes], retention: int) -> State:
    """The state whose records these are.

    Args:
        lines: What `records.lines` gave.
        retention: What the venue is started with; part of the rules, so it must be the same.

    Raises:
        SnapshotError: The records are of another format, cut short, or do not fit together.
    """
    restorer = _Restorer(retention)
    kind = ""
    try:
        for line in lines:
            kind, *members = json.loads(line)
            getattr(restorer, kind)(*members)
        if kind != END:
            raise SnapshotError("the snapshot is cut short")
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise SnapshotError(f"a record of kind {kind[:20]!r} cannot be read: {error}") from error
    return restorer.state


class _Restorer:
    """One method for each kind of record, named as the kind, taking the record's members."""

    def __init__(self, retention: int) -> None:
        self.state = State(retention)
        self._counts: list[list[int]] = []

    def northgate(self, version: int, *members: int) -> None:
        if version != FORMAT:
            raise SnapshotError(f"the snapshot has format {version}; this version reads {FORMAT}")
        state = self.state
        state.now, state.pruned, retention, *counters = members
        state.sequence, state.order_count, state.trade_count = counters
        if retention != state.retention:
            raise SnapshotError("the snapshot was taken with another retention of client ids")

    def asset(self, name: str, scale: int) -> None:
        self.state.assets[name] = Asset(name, scale)

    def market(
        self, base: str, quote: str, terms: list[Any], status: str, last: int | None
    ) -> None:
        state = self.state
        members: dict[str, Any] = dict(zip(TERMS, terms, strict=True))
        instrument = Instrument(base=state.assets[base], quote=state.assets[quote], **members)
        market = Market(instrument, state.accounts[FEES].balance(quote))
        market.status, market.last = status, last
        state.markets[instrument.instrument_id] = market

    def candles(self, name: str, interval: int, rows: list[list[int]]) -> None:
        candles = self.state.markets[name].candles
        series = candles.longer[interval] if interval else candles.minutes
        series.extend(map(Candle.of, rows))

    def account(
        self,
        account_id: str,
        cancel_after: int,
        balances: list[tuple[str, int, int, int]],
        deposits: list[tuple[str, str, int]],
        counts: list[int],
    ) -> None:
        state = self.state
        venue = account_id in VENUE_ACCOUNTS
        account = state.accounts[account_id] if venue else state.client(account_id)
        account.cancel_after = cancel_after
        if cancel_after:
            state.set_timer(cancel_after, ACCOUNT_TIMER, account.number)
        for asset, available, reserved, updated in balances:
            balance = account.balance(asset)
            balance.available, balance.reserved, balance.updated = available, reserved, updated
        account.deposits = {name: (asset, amount) for name, asset, amount in deposits}
        self._counts.append(counts)

    def order(self, number: int, owner: int, request: list[Any], *members: Any) -> None:  # noqa: ANN401 - what `ORDER_STATE` names
        state = self.state
        account = state.accounts_by_number[owner]
        asked: dict[str, Any] = dict(zip(REQUEST, request, strict=True))
        command = PlaceOrder(account_id=account.account_id, **asked)
        order = Order(account, state.markets[command.instrument_id], command)
        order.number = number
        for name, value in zip(ORDER_STATE, members, strict=True):
            setattr(order, name, value)
        order.bind(account.position(order.market.instrument))
        state.orders[number] = order
        account.orders.append(order)
        account.by_client_id[command.client_order_id] = order
        if order.is_working:
            account.working[number] = order
            if order.expire_time is not None:
                state.set_timer(order.expire_time, ORDER_TIMER, number)

    def position(self, owner: int, name: str, *members: Any) -> None:  # noqa: ANN401 - integers, and a list of them
        state = self.state
        *amounts, reducing = members
        position = state.accounts_by_number[owner].position(state.markets[name].instrument)
        position.quantity, position.cost, position.realized, *more = amounts
        position.traded, position.updated = more
        position.reducing = {number: state.orders[number] for number in reducing}

    def queue(self, name: str, side_name: str, levels: list[tuple[int, int, list[int]]]) -> None:
        side = getattr(self.state.markets[name], side_name)
        for key, quantity, numbers in levels:
            for number in numbers:
                side.add(self.state.orders[number], key)
            if side.levels[key].quantity != quantity:
                raise SnapshotError(f"the level {key} of {name} does not add up")

    def closed(self, numbers: list[int]) -> None:
        orders = self.state.orders
        self.state.closed.extend(orders[number] for number in numbers)

    def trade(self, *members: Any) -> None:  # noqa: ANN401 - what `Traded` names
        trade = Traded(*members)
        state = self.state
        state.markets[trade.instrument_id].trades.append(trade)
        if trade.time >= state.pruned - state.retention:  # of older ones only the tape knows
            state.accounts[trade.maker_account_id].executions.append(trade)
            state.accounts[trade.taker_account_id].executions.append(trade)

    def end(self) -> None:
        for account, counts in zip(self.state.accounts_by_number, self._counts, strict=True):
            if counts != [len(account.orders), len(account.working), len(account.executions)]:
                raise SnapshotError(f"orders or trades of {account.account_id} are missing")
