"""The state of the venue as plain records in a fixed order: what digests and snapshots are made of.

Everything that can influence a later event is in them, and everything that a query can show.
What the rest determines is not: indexes, queues of timers, the tape and the executions of
accounts (both are made of the trades). `handlers.exchange.restoring` makes the state of them.

`FORMAT` goes up whenever records change, or state comes to mean something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from typing import Any, Final

from handlers.exchange.accounts import Account
from handlers.exchange.commands import PlaceOrder
from handlers.exchange.events import Traded
from handlers.exchange.instruments import Instrument
from handlers.exchange.market import Market
from handlers.exchange.state import State

FORMAT: Final = 1

VENUE: Final = "northgate"
ASSET: Final = "asset"
MARKET: Final = "market"
CANDLES: Final = "candles"
ACCOUNT: Final = "account"
ORDER: Final = "order"
POSITION: Final = "position"
QUEUE: Final = "queue"
CLOSED: Final = "closed"
TRADE: Final = "trade"
END: Final = "end"

ORDER_STATE: Final = (
    "time_in_force",
    "expire_time",
    "quantity",
    "remaining",
    "limit",
    "stop",
    "waiting",
    "value",
    "reserved",
    "status",
    "version",
    "created",
    "updated",
    "cancel_reason",
    "reject_code",
)
"""Members of an order behind its number, its account and its request."""
REQUEST: Final = tuple(each.name for each in fields(PlaceOrder) if each.name != "account_id")
"""Members of a request but its account's, which the order has."""
TERMS: Final = tuple(
    each.name for each in fields(Instrument) if each.compare and each.name not in ("base", "quote")
)
"""Members of an instrument but its assets."""
SIDES: Final = ("bids", "asks", "stop_buys", "stop_sells")

Record = list[Any]

_AT_ONCE: Final = 1_000  # numbers in one record of closed orders
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
_order_state: Final = attrgetter(*ORDER_STATE)
_request: Final = attrgetter(*REQUEST)
_terms: Final = attrgetter(*TERMS)


def lines(state: State) -> Iterator[bytes]:
    """The records as lines of ASCII JSON with their ends; equal states give equal octets."""
    for record in records(state):
        yield f"{_encode(record)}\n".encode("ascii")


def records(state: State) -> Iterator[Record]:
    """All records; each begins with the word for its kind.

    The state is between two commands: no stop is woken, no position waits to be looked at.
    """
    yield [
        *(VENUE, FORMAT, state.now, state.pruned, state.retention),
        *(state.sequence, state.order_count, state.trade_count),
    ]
    for name in sorted(state.assets):
        yield [ASSET, name, state.assets[name].scale]
    markets = [state.markets[name] for name in sorted(state.markets)]
    for market in markets:
        yield from _market(market)
    for account in state.accounts_by_number:
        yield _account(account)
    for order in state.orders.values():
        account_number, request = order.account.number, _request(order.request)
        yield [ORDER, order.number, account_number, request, *_order_state(order)]
    for account in state.accounts_by_number:
        yield from _positions(account)
    for market in markets:
        yield from _queues(market)
    closed = iter(state.closed)
    while numbers := [order.number for order in islice(closed, _AT_ONCE)]:
        yield [CLOSED, numbers]
    for trade in _trades(state, markets):
        yield [TRADE, *trade]
    yield [END]


def _market(market: Market) -> Iterator[Record]:
    instrument = market.instrument
    assets = (instrument.base.asset, instrument.quote.asset)
    yield [MARKET, *assets, _terms(instrument), market.status, market.last]
    candles = market.candles
    name = instrument.instrument_id
    yield [CANDLES, name, 0, [each.values() for each in candles.minutes]]
    for interval, series in candles.longer.items():
        yield [CANDLES, name, interval, [each.values() for each in series]]


def _account(account: Account) -> Record:
    return [
        ACCOUNT,
        account.account_id,
        account.cancel_after,
        sorted((n, b.available, b.reserved, b.updated) for n, b in account.balances.items()),
        sorted((n, asset, amount) for n, (asset, amount) in account.deposits.items()),
        [len(account.orders), len(account.working), len(account.executions)],
    ]


def _positions(account: Account) -> Iterator[Record]:
    for name, p in sorted(account.positions.items()):
        amounts = (p.quantity, p.cost, p.realized, p.traded, p.updated)
        yield [POSITION, account.number, name, *amounts, list(p.reducing)]


def _queues(market: Market) -> Iterator[Record]:
    """Every level with its quantity and its orders, best first: the queues of both books."""
    for name in SIDES:
        side = getattr(market, name)
        levels = [
            [key, quantity, [order.number for order in side.levels[key]]]
            for key, quantity in side.depth(len(side.keys))
        ]
        yield [QUEUE, market.instrument.instrument_id, name, levels]


def _trades(state: State, markets: list[Market]) -> list[Traded]:
    """All trades that a tape or an account still shows, oldest first."""
    found = {trade.trade: trade for market in markets for trade in market.trades}
    for account in state.accounts_by_number:
        for trade in account.executions:
            found[trade.trade] = trade
    return [found[number] for number in sorted(found)]
