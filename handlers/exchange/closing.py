"""How orders end: everything they hold is released, and every index forgets them but history."""

from __future__ import annotations

from handlers.exchange.accounts import hold
from handlers.exchange.book import remove
from handlers.exchange.codes import REDUCE_ONLY
from handlers.exchange.events import OrderClosed
from handlers.exchange.orders import CANCELED, REJECTED, Order
from handlers.exchange.state import State


def retire(state: State, order: Order, status: str) -> None:
    """Make a final status stand; the order is out of every queue already."""
    order.status = status
    if order.reserved:
        hold(order, 0, state.now)
    account = order.account
    del account.working[order.number]
    if order.request.reduce_only:
        order.position.reducing.pop(order.number, None)
    state.closed.append(order)


def close(state: State, order: Order, status: str, reason: str) -> None:
    """End a working order before it is filled."""
    remove(order)
    order.version += 1
    order.updated = state.now
    if status == REJECTED:
        order.reject_code = reason
    elif status == CANCELED:
        order.cancel_reason = reason
    retire(state, order, status)
    state.events.append(
        OrderClosed(
            state.next_seq(),
            state.now,
            order.account.account_id,
            order.number,
            status,
            reason,
            order.remaining,
        )
    )


def cancel_all(state: State, orders: list[Order], reason: str) -> None:
    """Cancel several orders, oldest first."""
    for order in orders:
        close(state, order, CANCELED, reason)


def sweep_reduce_only(state: State) -> None:
    """Cancel reduce-only orders that the positions can no longer satisfy, newest first.

    Runs after all matching of a command: what rests in the book afterwards reduces a position
    that is there.
    """
    for position in state.touched:
        fitting = {
            side: position.reducible(is_buy=side)
            - sum(o.remaining for o in position.reducing.values() if o.is_buy == side)
            for side in (True, False)
        }
        for order in list(reversed(position.reducing.values())):
            if fitting[order.is_buy] < 0:
                fitting[order.is_buy] += order.remaining
                close(state, order, CANCELED, REDUCE_ONLY)
    state.touched.clear()
