"""Canceling on request, and the dead-man switch. Halted instruments take cancels too."""

from __future__ import annotations

from handlers.exchange.closing import cancel_all, close
from handlers.exchange.codes import MALFORMED, ORDER_NOT_OPEN, REQUESTED, RefusalError
from handlers.exchange.commands import CancelAll, CancelOrder, SetCancelAfter
from handlers.exchange.events import CancelAfterSet
from handlers.exchange.orders import CANCELED
from handlers.exchange.state import ACCOUNT_TIMER, State
from handlers.exchange.times import MILLISECOND


def cancel(state: State, command: CancelOrder) -> None:
    """Cancel one order."""
    state.require_fresh(command.expires)
    order = state.order_of(command.account_id, command.order_id)
    if not order.is_working:
        raise RefusalError(ORDER_NOT_OPEN, f"The order is {order.status}.")
    close(state, order, CANCELED, REQUESTED)


def cancel_many(state: State, command: CancelAll) -> None:
    """Cancel all orders of an account, or those of one instrument."""
    state.require_fresh(command.expires)
    instrument_id = command.instrument_id
    if instrument_id is not None:
        state.market(instrument_id)
    working = state.client(command.account_id).working.values()
    chosen = [o for o in working if instrument_id in (None, o.request.instrument_id)]
    cancel_all(state, chosen, REQUESTED)


def set_cancel_after(state: State, command: SetCancelAfter) -> None:
    """Arm, re-arm or disarm the dead-man switch of an account."""
    state.require_fresh(command.expires)
    if command.timeout_ms < 0:
        raise RefusalError(MALFORMED, "The timeout is 0 or more.", "/timeout_ms")
    account = state.client(command.account_id)
    account.cancel_after = 0
    if command.timeout_ms:
        account.cancel_after = state.now + command.timeout_ms * MILLISECOND
        state.set_timer(account.cancel_after, ACCOUNT_TIMER, account.number)
    event = CancelAfterSet(state.next_seq(), state.now, account.account_id, account.cancel_after)
    state.events.append(event)
