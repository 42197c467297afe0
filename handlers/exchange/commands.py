"""Commands: everything that can change the venue, as frozen values.

Amounts and prices are decimal strings as the client wrote them, instants are microseconds since
the epoch. The instant at which a command takes effect is not part of it: the sequencer assigns
it, `Exchange.apply(command, time)`.

`expires` is the last instant at which the core may still carry the command out: the signature's
`expires`, enforced again where it counts. None means no limit (the venue's own commands).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import NoneType
from typing import get_args


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineAsset:
    """Introduce an asset with `scale` digits behind the point."""

    asset: str
    scale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineInstrument:
    """Introduce an instrument; it is open at once. Fee rates are shares of the notional."""

    instrument_id: str
    base_asset: str
    quote_asset: str
    price_tick: str
    quantity_step: str
    minimum_quantity: str = "0"
    minimum_notional: str = "0"
    maker_fee_rate: str = "0"
    taker_fee_rate: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInstrumentStatus:
    """Open or halt an instrument. A halted one takes cancels only."""

    instrument_id: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Credit an account from outside. A `deposit_id` that was seen before changes nothing."""

    account_id: str
    deposit_id: str
    asset: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder:
    """Place one order; the fields are those of the contract's NewOrder.

    `time_in_force` None stands for the default: `ioc` for market orders, else `gtc`.
    """

    account_id: str
    client_order_id: str
    instrument_id: str
    side: str
    type: str
    quantity: str
    limit_price: str | None = None
    stop_price: str | None = None
    time_in_force: str | None = None
    expire_time: int | None = None
    post_only: bool = False
    reduce_only: bool = False
    stp_mode: str = "cancel_newest"
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBatch:
    """Place several orders of one account in the given order, each with its own result.

    `taken` are client ids that stand for orders which another core keeps: see `RefuseOrder`.
    """

    account_id: str
    items: tuple[PlaceOrder, ...]
    expires: int | None = None
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseOrder:
    """Refuse an order: its `client_order_id` stands for one that another core keeps.

    What becomes of a `PlaceOrder` where a venue has several cores (`handlers.shards`).
    """

    account_id: str
    client_order_id: str
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOrder:
    """Change an open order; None leaves a field as it is. `quantity` is the new total."""

    account_id: str
    order_id: str
    expected_version: int | None = None
    quantity: str | None = None
    limit_price: str | None = None
    stop_price: str | None = None
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder:
    """Cancel one order."""

    account_id: str
    order_id: str
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAll:
    """Cancel every open order of an account, or those of one instrument."""

    account_id: str
    instrument_id: str | None = None
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCancelAfter:
    """Arm the dead-man switch: cancel everything unless set again in time; 0 disarms it."""

    account_id: str
    timeout_ms: int
    expires: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceTime:
    """Nothing but the passing of time: lets expiries and dead-man switches fire."""


Command = (
    DefineAsset
    | DefineInstrument
    | SetInstrumentStatus
    | Deposit
    | PlaceOrder
    | PlaceBatch
    | RefuseOrder
    | AmendOrder
    | CancelOrder
    | CancelAll
    | SetCancelAfter
    | AdvanceTime
)


_CHECKS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "str | None": (str, NoneType),
    "int | None": (int, NoneType),
    "tuple[PlaceOrder, ...]": (tuple,),
    "tuple[str, ...]": (tuple,),
}


def mistyped(command: Command) -> str | None:
    """The first member whose value is not of its type, or None when all are.

    The journal is written ahead of the core, so a command that the core cannot digest must
    never get that far: it would be met again at every recovery.
    """
    for name, types in _MEMBERS[type(command)]:
        # type() instead of isinstance(), because True is an int otherwise.
        if type(getattr(command, name)) not in types:
            return name
    if isinstance(command, PlaceBatch):
        for item in command.items:
            if type(item) is not PlaceOrder or mistyped(item) is not None:
                return "items"
        if any(type(name) is not str for name in command.taken):
            return "taken"
    return None


_MEMBERS: dict[type, tuple[tuple[str, tuple[type, ...]], ...]] = {
    kind: tuple((member.name, _CHECKS[str(member.type)]) for member in fields(kind))
    for kind in get_args(Command)
}
