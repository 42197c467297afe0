"""A hash over the whole state, for tests of determinism and of recovery.

Everything that can influence a later event is in it: nothing is derived, nothing left out but
indexes that the rest determines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from handlers.exchange.accounts import Account
from handlers.exchange.candles import INTERVALS
from handlers.exchange.commands import PlaceOrder
from handlers.exchange.instruments import Asset, Instrument
from handlers.exchange.market import Market
from handlers.exchange.orders import Order
from handlers.exchange.state import State


def digest(state: State) -> str:
    """SHA-256 over the canonical text of the state, in hexadecimal."""
    hasher = hashlib.sha256()
    for record in records(state):
        hasher.update(json.dumps(record, separators=(",", ":"), default=_plain).encode())
        hasher.update(b"\n")
    return hasher.hexdigest()


def records(state: State) -> Iterator[list[Any]]:
    """The state as JSON records in a fixed order; reading them side by side finds a difference."""
    yield [
        "venue",
        state.now,
        state.pruned,
        state.retention,
        state.sequence,
        state.order_count,
        state.trade_count,
    ]
    yield ["assets", sorted((a.asset, a.scale) for a in state.assets.values())]
    for name in sorted(state.markets):
        yield from _market(state.markets[name])
    for account in state.accounts_by_number:
        yield _account(account)
    for order in state.orders.values():
        yield _order(order)
    yield ["closed", [order.number for order in state.closed]]


def _market(market: Market) -> Iterator[list[Any]]:
    terms = [getattr(market.instrument, f.name) for f in fields(Instrument) if f.compare]
    yield ["market", terms, market.status, market.last]
    for side in (market.bids, market.asks, market.stop_buys, market.stop_sells):
        yield ["side", [(key, [o.number for o in side.levels[key]]) for key in side.keys]]
        yield ["depth", side.depth(len(side.keys))]
    yield ["trades", list(market.trades)]
    for interval in INTERVALS.values():
        yield ["candles", interval, [c.values() for c in market.candles.series(interval)]]


def _account(account: Account) -> list[Any]:
    return [
        "account",
        account.account_id,
        account.cancel_after,
        sorted((n, b.available, b.reserved, b.updated) for n, b in account.balances.items()),
        [
            (n, p.quantity, p.cost, p.realized, p.traded, p.updated, list(p.reducing))
            for n, p in sorted(account.positions.items())
        ],
        sorted(account.deposits.items()),
        list(account.working),
        [order.number for order in account.orders],
        [trade.seq for trade in account.executions],
    ]


def _order(order: Order) -> list[Any]:
    return [
        "order",
        order.number,
        order.request,
        order.time_in_force,
        order.expire_time,
        order.quantity,
        order.remaining,
        order.limit,
        order.stop,
        order.waiting,
        order.value,
        order.reserved,
        order.status,
        order.version,
        order.created,
        order.updated,
        order.cancel_reason,
        order.reject_code,
    ]


def _plain(record: PlaceOrder | Asset) -> list[object]:
    """Dataclasses as lists of their members."""
    return [getattr(record, f.name) for f in fields(record)]
