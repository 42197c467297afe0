"""The trading core of Northgate: commands in, events out, nothing else.

Pure Python over exact integers; it knows no web framework, no database, nothing generated. The
same commands at the same times always give the same events and the same state, so that a
journal of commands is all that recovery needs.

How to use it::

    exchange = Exchange()
    exchange.apply(DefineAsset(asset="USD", scale=2), time)
    exchange.apply(DefineAsset(asset="BTC", scale=8), time)
    exchange.apply(DefineInstrument(instrument_id="BTC-USD", ...), time)
    exchange.apply(Deposit(account_id="a", deposit_id="d1", asset="USD", amount="1000"), time)
    events = exchange.apply(PlaceOrder(account_id="a", client_order_id="c1", ...), time)
    exchange.order_by_client_id("a", "c1")   # OrderView: members as in the contract
    exchange.orders("a", Window(limit=50), status="working")  # Page(items, next_cursor)

- `apply(command, time) -> list[Event]` never raises for what a client can do wrong: a refusal
  is a `Rejected` event whose `code` is the contract's. `reply(exchange, command, events)` makes
  of the events what the client gets to see. Times are microseconds since the epoch
  (`times.microseconds`, `times.rfc3339`).
- Queries return views (decimal strings as the contract has them) or raise `RefusalError`
  (`code`, `detail`, `pointer`): `order`, `order_by_client_id`, `orders`, `executions`,
  `balances`, `positions`, `cancel_after`, `instruments`, `instrument`, `book`, `trades`,
  `candles`, and `dry_run`. Lists take a `Window(limit, cursor, start, end)`.
- Live traffic goes through `handlers.engine.Engine`, which makes commands durable before it
  applies them; only tests and benchmarks call `apply` themselves.

Glossary:
    tick, lot, atom: The integer units of price, quantity, and balance. One tick times one lot
        is a whole number of quote atoms.
    maker, taker: The order that waited in the book, and the one that came to it.
    available, reserved: The two parts of a balance; working orders hold what they may cost.
    position: Net quantity traded in an instrument with its average entry price, apart from
        deposits; balances settle, positions only keep account (see `positions`).
    reduce-only: An order that may only bring its account's position nearer to zero.
    dead-man switch: Cancels all orders of an account unless it is set again in time.

Fees are taken in the quote asset on both sides, rounded down to the atom in the client's favour.
"""

from handlers.exchange.codes import RefusalError
from handlers.exchange.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    DefineAsset,
    DefineInstrument,
    Deposit,
    PlaceBatch,
    PlaceOrder,
    RefuseOrder,
    SetCancelAfter,
    SetInstrumentStatus,
)
from handlers.exchange.events import Event
from handlers.exchange.exchange import Exchange
from handlers.exchange.paging import Page, Window
from handlers.exchange.replies import Refused, Reply, reply

__all__ = [
    "AdvanceTime",
    "AmendOrder",
    "CancelAll",
    "CancelOrder",
    "Command",
    "DefineAsset",
    "DefineInstrument",
    "Deposit",
    "Event",
    "Exchange",
    "Page",
    "PlaceBatch",
    "PlaceOrder",
    "RefusalError",
    "RefuseOrder",
    "Refused",
    "Reply",
    "SetCancelAfter",
    "SetInstrumentStatus",
    "Window",
    "reply",
]
