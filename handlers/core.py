"""What handlers need of the trading core, wherever it runs, and how it may fail them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from handlers.exchange.commands import Command, PlaceOrder, mistyped
from handlers.exchange.paging import Page, Window
from handlers.exchange.replies import Reply
from handlers.exchange.views import (
    BalanceView,
    BookView,
    CandleView,
    ExecutionView,
    InstrumentView,
    OrderView,
    PositionView,
    TradeView,
)


class EngineError(Exception):
    """The engine did not answer a command."""


class OverloadedError(EngineError):
    """The command was turned away before it was sequenced: it is not executed."""


class OutcomeUnknownError(EngineError):
    """The engine stopped while the command was in flight: it may or may not be executed."""


class PartlyDoneError(OutcomeUnknownError):
    """Some of several shards carried out the command; the message says what to do, to a client."""


class Reads(Protocol):
    """What handlers read of a venue; `handlers.exchange.queries` says more of each."""

    @property
    def time(self) -> int:
        """Time of the last command, microseconds."""
        ...

    def instruments(self) -> tuple[InstrumentView, ...]:
        """All instruments, by id."""
        ...

    def instrument(self, instrument_id: str) -> InstrumentView:
        """One instrument."""
        ...

    def book(self, instrument_id: str, depth: int) -> BookView:
        """The best levels of both sides."""
        ...

    def trades(self, instrument_id: str, window: Window) -> Page[TradeView]:
        """The last trades, newest first."""
        ...

    def candles(self, instrument_id: str, interval: str, window: Window) -> Page[CandleView]:
        """Candles, newest first."""
        ...

    def order(self, account_id: str, order_id: str) -> OrderView:
        """An order of this account."""
        ...

    def order_by_client_id(self, account_id: str, client_order_id: str) -> OrderView:
        """An order by the client's name for it."""
        ...

    def knows(self, account_id: str, client_order_id: str) -> bool:
        """Whether a client id stands for an order of the account."""
        ...

    def orders(
        self,
        account_id: str,
        window: Window,
        *,
        instrument_id: str | None = None,
        status: str | None = None,
    ) -> Page[OrderView]:
        """Orders by creation, newest first."""
        ...

    def executions(
        self,
        account_id: str,
        window: Window,
        *,
        instrument_id: str | None = None,
        order_id: str | None = None,
    ) -> Page[ExecutionView]:
        """The account's sides of its trades, newest first."""
        ...

    def balances(self, account_id: str) -> tuple[BalanceView, ...]:
        """One balance per asset that the account ever held, by asset."""
        ...

    def positions(self, account_id: str) -> tuple[PositionView, ...]:
        """One position per instrument that the account ever traded, by instrument."""
        ...

    def dry_run(self, command: PlaceOrder, time: int) -> OrderView:
        """Make every check of placing an order and change nothing."""
        ...


class Sought(NamedTuple):
    """What a look-up is about: an order by one of its ids, or an instrument.

    Where a venue has several cores, only those that can know of it are waited for.
    """

    account_id: str
    order_id: str | None = None
    client_order_id: str | None = None
    instrument_id: str | None = None


class TradingCore(Protocol):
    """What handlers need of the core, wherever it runs.

    An `Engine` here, the replica of one elsewhere, or several of either (`handlers.shards`).
    """

    @property
    def exchange(self) -> Reads:
        """The venue, for queries that need not be linearizable (see `current`)."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether commands are taken."""
        ...

    @property
    def silent(self) -> Mapping[str, tuple[str, ...]]:
        """Shards that take no commands while others do, each with its instruments."""
        ...

    @property
    def waiting(self) -> int:
        """How many commands wait for an answer."""
        ...

    async def start(self) -> None:
        """Recover, then take commands."""
        ...

    async def submit(self, command: Command) -> Reply:
        """Have a command carried out; see `Engine.submit`."""
        ...

    async def current(self, sought: Sought | None = None, /) -> Reads:
        """The venue with everything in it that was sequenced before; see `Engine.current`.

        Where a shard does not answer, reading what it would have to know raises that error.
        """
        ...

    async def stop(self) -> None:
        """Take nothing new and let go of everything."""
        ...


def require_typed(command: Command) -> None:
    """Raise TypeError for a command that the core could not digest."""
    wrong = mistyped(command)
    if wrong is not None:
        raise TypeError(f"{type(command).__name__}.{wrong} is not of its type")
