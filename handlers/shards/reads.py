"""Reading a venue in shards as if it were one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TypeVar

from handlers.core import EngineError, Reads
from handlers.exchange.codes import ORDER_NOT_FOUND, RefusalError
from handlers.exchange.commands import PlaceOrder
from handlers.exchange.ids import order_number, trade_number
from handlers.exchange.paging import Page, Window
from handlers.exchange.placing import taken
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
from handlers.shards.ids import NOWHERE, private, public
from handlers.shards.listing import Place, merged
from handlers.shards.map import ShardMap

V = TypeVar("V")


class ShardedReads:
    """Implements `Reads` over those of all shards.

    Args:
        shards: Who owns what.
        venues: Each shard's reads.
        failures: Of shards that are not known to be current, where that was asked for; whatever
            depends on one of them raises its error.
    """

    def __init__(
        self,
        shards: ShardMap,
        venues: Mapping[str, Reads],
        failures: Mapping[str, EngineError] | None = None,
    ) -> None:
        self._venues = venues
        self._failures = failures or {}
        self._names = shards.names
        self._owners = shards.by_instrument()

    @property
    def time(self) -> int:
        """Time of the last command anywhere, microseconds."""
        return max(venue.time for venue in self._venues.values())

    def instruments(self) -> tuple[InstrumentView, ...]:
        """All instruments, by id."""
        found = (each for venue in self._venues.values() for each in venue.instruments())
        return tuple(sorted(found, key=lambda each: each.instrument_id))

    def instrument(self, instrument_id: str) -> InstrumentView:
        """One instrument; RefusalError `instrument_not_found`."""
        return self._venue(self.owner(instrument_id)).instrument(instrument_id)

    def book(self, instrument_id: str, depth: int) -> BookView:
        """The best `depth` levels of both sides; RefusalError `instrument_not_found`."""
        shard = self.owner(instrument_id)
        view = self._venue(shard).book(instrument_id, depth)
        return view._replace(seq=self._seq(shard, view.seq))

    def trades(self, instrument_id: str, window: Window) -> Page[TradeView]:
        """The last trades, newest first; RefusalError `instrument_not_found`."""
        shard = self.owner(instrument_id)
        items, cursor = self._venue(shard).trades(instrument_id, window)
        shown = (
            each._replace(
                trade_id=public(shard, each.trade_id),
                seq=self._seq(shard, each.seq),
            )
            for each in items
        )
        return Page(tuple(shown), cursor)

    def candles(self, instrument_id: str, interval: str, window: Window) -> Page[CandleView]:
        """Candles, newest first; RefusalError `instrument_not_found` or `malformed`."""
        return self._venue(self.owner(instrument_id)).candles(instrument_id, interval, window)

    def order(self, account_id: str, order_id: str) -> OrderView:
        """An order of this account; RefusalError `order_not_found`."""
        shard, own = private(order_id)
        if shard not in self._names:
            raise _not_found()
        return shown(shard, self._venue(shard).order(account_id, own))

    def order_by_client_id(self, account_id: str, client_order_id: str) -> OrderView:
        """An order by the client's name for it; RefusalError `order_not_found`."""
        for shard in self._names:
            if shard in self._failures:
                continue
            venue = self._venues[shard]
            if venue.knows(account_id, client_order_id):
                return shown(shard, venue.order_by_client_id(account_id, client_order_id))
        for error in self._failures.values():  # it may be there
            raise error
        raise _not_found()

    def knows(self, account_id: str, client_order_id: str) -> bool:
        """Whether a client id stands for an order of the account."""
        return any(each.knows(account_id, client_order_id) for each in self._venues.values())

    def orders(
        self,
        account_id: str,
        window: Window,
        *,
        instrument_id: str | None = None,
        status: str | None = None,
    ) -> Page[OrderView]:
        """Orders by creation, newest first."""

        def ask(shard: str, part: Window) -> Page[OrderView]:
            items, cursor = self._venue(shard).orders(
                account_id, part, instrument_id=instrument_id, status=status
            )
            return Page(tuple(shown(shard, each) for each in items), cursor)

        return merged(self._lists(ask, instrument_id), _order_place, window)

    def executions(
        self,
        account_id: str,
        window: Window,
        *,
        instrument_id: str | None = None,
        order_id: str | None = None,
    ) -> Page[ExecutionView]:
        """The account's sides of its trades, newest first."""
        owner, own = (None, None) if order_id is None else private(order_id)

        def ask(shard: str, part: Window) -> Page[ExecutionView]:
            mine = own if owner in (None, shard) else NOWHERE
            items, cursor = self._venue(shard).executions(
                account_id, part, instrument_id=instrument_id, order_id=mine
            )
            return Page(tuple(self._execution(shard, each) for each in items), cursor)

        return merged(self._lists(ask, instrument_id), _execution_place, window)

    def balances(self, account_id: str) -> tuple[BalanceView, ...]:
        """One balance per asset that the account ever held, by asset: each lives in one shard."""
        found = (each for venue in self._venues.values() for each in venue.balances(account_id))
        return tuple(sorted(found, key=lambda each: each.asset))

    def positions(self, account_id: str) -> tuple[PositionView, ...]:
        """One position per instrument that the account ever traded, by instrument."""
        found = (each for venue in self._venues.values() for each in venue.positions(account_id))
        return tuple(sorted(found, key=lambda each: each.instrument_id))

    def dry_run(self, command: PlaceOrder, time: int) -> OrderView:
        """Make every check of placing an order and change nothing; raises as placing it would."""
        shard = self.owner(command.instrument_id)
        for other, venue in self._venues.items():
            if other != shard and venue.knows(command.account_id, command.client_order_id):
                raise taken()
        return shown(shard, self._venue(shard).dry_run(command, time))

    def owner(self, instrument_id: str) -> str:
        """The shard of an instrument; for what nobody owns the first, which will not know it."""
        return self._owners.get(instrument_id, self._names[0])

    def _venue(self, shard: str) -> Reads:
        if shard in self._failures:
            raise self._failures[shard]
        return self._venues[shard]

    def _lists(
        self, ask: Callable[[str, Window], Page[V]], instrument_id: str | None
    ) -> dict[str, Callable[[Window], Page[V]]]:
        """A way to ask each shard that may have something."""
        wanted: Collection[str] = self._names
        if instrument_id is not None:
            wanted = (self.owner(instrument_id),)
        return {shard: partial(ask, shard) for shard in wanted}

    def _execution(self, shard: str, view: ExecutionView) -> ExecutionView:
        return view._replace(
            execution_id=public(shard, view.execution_id),
            order_id=public(shard, view.order_id),
            seq=self._seq(shard, view.seq),
        )

    def _seq(self, shard: str, seq: int) -> int:
        """A shard's event in the numbering of all: no two the same, rising within each shard."""
        return seq * len(self._names) + self._names.index(shard)


def shown(shard: str, view: OrderView) -> OrderView:
    """A shard's order under the venue's id of it."""
    return view._replace(order_id=public(shard, view.order_id))


def _order_place(shard: str, view: OrderView) -> Place:
    return Place(view.created_time, shard, order_number(private(view.order_id)[1]) or 0)


def _execution_place(shard: str, view: ExecutionView) -> Place:
    return Place(view.time, shard, trade_number(private(view.execution_id)[1]))


def _not_found() -> RefusalError:
    return RefusalError(ORDER_NOT_FOUND, "The account has no such order.")
