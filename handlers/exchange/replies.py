"""What a client is told about its command: the events of one `apply`, read for that client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handlers.exchange import ids
from handlers.exchange.codes import REQUESTED
from handlers.exchange.commands import Command, PlaceBatch
from handlers.exchange.events import (
    BatchItem,
    CancelAfterSet,
    Event,
    OrderAccepted,
    OrderAmended,
    OrderClosed,
    OrderReplayed,
    Rejected,
)
from handlers.exchange.queries import Queries
from handlers.exchange.views import OrderView


class Refused(NamedTuple):
    """A refusal: the contract's code, one sentence, and the member at fault or ""."""

    code: str
    detail: str
    pointer: str


class Reply(NamedTuple):
    """What became of a command, as its client may see it.

    Attributes:
        refused: Why nothing happened, or None.
        order: The order that was placed, replayed, amended or canceled, as it stood right after
            the command; None for other commands.
        replayed: Whether the same request had placed the order before.
        canceled: Ids of the orders that CancelOrder or CancelAll canceled, oldest first.
        cancel_after: When the dead-man switch fires (microseconds); None when it is off.
        items: One reply per item of a batch.
    """

    refused: Refused | None = None
    order: OrderView | None = None
    replayed: bool = False
    canceled: tuple[str, ...] = ()
    cancel_after: int | None = None
    items: tuple[Reply, ...] = ()


def reply(exchange: Queries, command: Command, events: Sequence[Event]) -> Reply:
    """Read the events of a command; to be called before the next command is applied.

    Events of what was due before the command (expiries, dead-man switches) are passed over.
    """
    if isinstance(command, PlaceBatch):
        starts = [at for at, event in enumerate(events) if isinstance(event, BatchItem)]
        if starts:
            parts = [events[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
            return Reply(items=tuple(_read(exchange, command.account_id, part) for part in parts))
    return _read(exchange, getattr(command, "account_id", ""), events)


def _read(exchange: Queries, account_id: str, events: Sequence[Event]) -> Reply:
    shown: int | None = None
    canceled: list[int] = []
    replayed = False
    deadline = 0
    for event in events:
        match event:
            case Rejected():
                return Reply(refused=Refused(event.code, event.detail, event.pointer))
            case OrderAccepted() | OrderAmended():
                shown = event.order
            case OrderReplayed():
                shown, replayed = event.order, True
            case OrderClosed(account_id=owner, reason=reason) if (owner, reason) == (
                account_id,
                REQUESTED,
            ):
                canceled.append(event.order)
            case CancelAfterSet():
                deadline = event.deadline
            case _:
                pass
    if shown is None and len(canceled) == 1:
        shown = canceled[0]
    return Reply(
        order=None if shown is None else exchange.order(account_id, ids.order_id(shown)),
        replayed=replayed,
        canceled=tuple(map(ids.order_id, canceled)),
        cancel_after=deadline or None,
    )
