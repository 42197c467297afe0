"""The facade: `Exchange.apply(command, time)` changes the venue, everything else only reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from handlers.exchange import admin, amending, canceling, placing, timers
from handlers.exchange.accounts import Account, imbalance
from handlers.exchange.checks import admit
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
from handlers.exchange.digest import digest
from handlers.exchange.events import Event, Rejected
from handlers.exchange.queries import Queries
from handlers.exchange.records import lines
from handlers.exchange.state import RETENTION, State
from handlers.exchange.views import OrderView, order_view


def _nothing(_state: State, _command: AdvanceTime) -> None:
    """Time has advanced already when a command is looked at."""


# Any, because each entry takes the one command type that it stands under.
_APPLY: Final[dict[type, Callable[[State, Any], None]]] = {
    PlaceOrder: placing.place,
    CancelOrder: canceling.cancel,
    AmendOrder: amending.amend,
    PlaceBatch: placing.place_batch,
    RefuseOrder: placing.refuse,
    CancelAll: canceling.cancel_many,
    SetCancelAfter: canceling.set_cancel_after,
    AdvanceTime: _nothing,
    Deposit: admin.deposit,
    DefineAsset: admin.define_asset,
    DefineInstrument: admin.define_instrument,
    SetInstrumentStatus: admin.set_status,
}


class Exchange(Queries):
    """A venue in memory: a deterministic state machine over commands.

    Args:
        retention: Microseconds for which closed orders, executions and candles are kept, and
            client order ids stay taken. Part of the rules: replay with the same value.
    """

    __slots__ = ()

    def __init__(self, retention: int = RETENTION) -> None:
        super().__init__(State(retention))

    @classmethod
    def of(cls, state: State) -> Exchange:
        """The venue over a state that was restored; see `handlers.exchange.snapshots`."""
        exchange = cls(state.retention)
        exchange._state = state
        return exchange

    def apply(self, command: Command, time: int) -> list[Event]:
        """Carry out one command at an instant (microseconds) and say what happened.

        What was due before (expiries, dead-man switches) happens first and is reported first.
        A time before the last command's counts as the last command's. A command that the rules
        forbid gives a `Rejected` event and changes nothing.
        """
        state = self._state
        events: list[Event] = []
        state.events = events
        if time < state.idle_until:
            if time > state.now:  # noqa: PLR1730 - a call of max is dearer, for every command
                state.now = time
        else:
            timers.advance(state, time)
        try:
            _APPLY[type(command)](state, command)
        except RefusalError as refusal:
            events.append(_rejected(state, command, refusal))
        return events

    def dry_run(self, command: PlaceOrder, time: int) -> OrderView:
        """Make every check of placing an order and change nothing.

        Returns:
            The order as it would have been accepted, `pending_new` under an id that is not
            kept; or the order that the same request made before.

        Raises:
            RefusalError: As placing it would be refused.
        """
        state = self._state
        account = state.accounts.get(command.account_id) or Account(command.account_id, -1)
        if command.client_order_id in account.by_client_id:
            return order_view(placing.known_order(account, command))
        order = placing.draft(state, account, command, max(state.now, time))
        admit(order)
        order.number = state.order_count + 1
        return order_view(order)

    @property
    def retention(self) -> int:
        """Microseconds for which client order ids stay taken after their order ended."""
        return self._state.retention

    @property
    def next_deadline(self) -> int | None:
        """When something happens by itself next, unless it is overtaken: microseconds or None."""
        heap = self._state.timers
        return heap[0][0] if heap else None

    def imbalance(self) -> dict[str, int]:
        """What the ledger misses to zero, per asset, in atoms; empty unless there is a bug."""
        return imbalance(self._state.accounts_by_number)

    def lines(self) -> Iterator[bytes]:
        """The entire state as lines of text; the venue must not change while they are read."""
        return lines(self._state)

    def digest(self) -> str:
        """A hash over the entire state: equal digests, equal futures."""
        return digest(self._state)


def _rejected(state: State, command: Command, refusal: RefusalError) -> Rejected:
    reference = ""
    if isinstance(command, PlaceOrder | RefuseOrder):
        reference = command.client_order_id
    elif isinstance(command, AmendOrder | CancelOrder):
        reference = command.order_id
    return Rejected(
        state.next_seq(),
        state.now,
        getattr(command, "account_id", ""),
        reference,
        refusal.code,
        refusal.detail,
        refusal.pointer,
    )
