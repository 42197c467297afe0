"""Events: what a command did, as immutable facts in the order in which they happened.

Every event starts with `seq` (rises by one over the whole venue) and `time` (microseconds).
Prices are in ticks and quantities in lots of the instrument, fees in quote atoms; `order` is
the order's number (`ids.order_id` makes the public id).

Named tuples, because they are the cheapest immutable record that CPython builds.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Rejected(NamedTuple):
    """The command, or one item of a batch, was refused and changed nothing."""

    seq: int
    time: int
    account_id: str
    reference: str  # the client_order_id or order_id that was asked for, or ""
    code: str
    detail: str
    pointer: str


class AssetDefined(NamedTuple):
    """An asset exists."""

    seq: int
    time: int
    asset: str
    scale: int


class InstrumentDefined(NamedTuple):
    """An instrument exists and is open."""

    seq: int
    time: int
    instrument_id: str


class InstrumentStatusChanged(NamedTuple):
    """An instrument was opened or halted."""

    seq: int
    time: int
    instrument_id: str
    status: str


class Deposited(NamedTuple):
    """An account was credited; `amount` in atoms. `replayed`: it had been before."""

    seq: int
    time: int
    account_id: str
    deposit_id: str
    asset: str
    amount: int
    replayed: bool


class OrderAccepted(NamedTuple):
    """The venue took an order in; what became of it follows in later events."""

    seq: int
    time: int
    account_id: str
    order: int
    client_order_id: str
    instrument_id: str
    side: str
    type: str
    quantity: int
    limit: int | None
    stop: int | None


class OrderReplayed(NamedTuple):
    """A request was repeated; this is the order that the first one made."""

    seq: int
    time: int
    account_id: str
    order: int
    client_order_id: str


class OrderAmended(NamedTuple):
    """An order has new terms. `kept_priority`: it stays where it was in its queue."""

    seq: int
    time: int
    account_id: str
    order: int
    quantity: int
    limit: int | None
    stop: int | None
    kept_priority: bool


class OrderTriggered(NamedTuple):
    """The last trade reached a stop price: the order now acts as market or limit order."""

    seq: int
    time: int
    account_id: str
    order: int


class OrderClosed(NamedTuple):
    """An order ended without being filled: canceled, expired, or rejected at its trigger."""

    seq: int
    time: int
    account_id: str
    order: int
    status: str
    reason: str
    remaining: int


class Traded(NamedTuple):
    """Two orders met at the maker's price. `*_remaining` 0 means that order is filled."""

    seq: int
    time: int
    instrument_id: str
    trade: int
    price: int
    quantity: int
    taker_side: str
    taker_account_id: str
    taker_order: int
    taker_client_order_id: str
    taker_fee: int
    taker_remaining: int
    maker_account_id: str
    maker_order: int
    maker_client_order_id: str
    maker_fee: int
    maker_remaining: int


class BatchItem(NamedTuple):
    """The events from here to the next `BatchItem` belong to this item of a batch."""

    seq: int
    time: int
    item: int  # counts from 0


class CancelAfterSet(NamedTuple):
    """The dead-man switch of an account; `deadline` 0 means off."""

    seq: int
    time: int
    account_id: str
    deadline: int


Event = (
    Rejected
    | AssetDefined
    | InstrumentDefined
    | InstrumentStatusChanged
    | Deposited
    | OrderAccepted
    | OrderReplayed
    | OrderAmended
    | OrderTriggered
    | OrderClosed
    | Traded
    | BatchItem
    | CancelAfterSet
)


new_event: Final = tuple.__new__
"""Makes the events of the hot path, at a third of the cost of the type's own call.

Takes the type and all members in order; a test holds every such event to its type.
"""
