"""Amending open orders.

Less quantity and nothing else keeps the order's place in its queue. Any other change takes the
order out and lets it come in again with its new terms, behind all others and able to trade.
An amendment that is refused leaves the order as it was; one that changes nothing is accepted
and leaves it too. The quantity is the new total: what has traded already counts.
"""

from __future__ import annotations

from handlers.exchange.accounts import hold
from handlers.exchange.book import remove
from handlers.exchange.checks import admit
from handlers.exchange.codes import (
    BELOW_MINIMUM,
    INSTRUMENT_NOT_OPEN,
    INVALID_COMBINATION,
    ORDER_NOT_OPEN,
    VERSION_CONFLICT,
    RefusalError,
)
from handlers.exchange.commands import AmendOrder
from handlers.exchange.events import OrderAmended
from handlers.exchange.instruments import OPEN
from handlers.exchange.orders import Order
from handlers.exchange.placing import start
from handlers.exchange.state import State
from handlers.exchange.stops import settle_market


def amend(state: State, command: AmendOrder) -> None:
    """Give an open order new terms."""
    state.require_fresh(command.expires)
    order = state.order_of(command.account_id, command.order_id)
    _require_amendable(order, command)
    amended = _amended(order, command)
    same_prices = amended.limit == order.limit and amended.stop == order.stop
    if same_prices and amended.quantity == order.quantity:
        _record(state, order, kept_priority=True)
    elif same_prices and amended.quantity < order.quantity:
        _reduce(state, order, amended.quantity)
    else:
        _reenter(state, order, amended)


def _require_amendable(order: Order, command: AmendOrder) -> None:
    if not order.is_working:
        raise RefusalError(ORDER_NOT_OPEN, f"The order is {order.status}.")
    if order.market.status != OPEN:
        raise RefusalError(INSTRUMENT_NOT_OPEN, "The instrument is halted.")
    if command.expected_version not in (None, order.version):
        raise RefusalError(
            VERSION_CONFLICT, f"The order is at version {order.version}.", "/expected_version"
        )
    if command.limit_price is not None and order.limit is None:
        raise RefusalError(INVALID_COMBINATION, "The order has no limit_price.", "/limit_price")
    if command.stop_price is not None and not order.waiting:
        raise RefusalError(
            INVALID_COMBINATION, "The order does not wait for a stop_price.", "/stop_price"
        )


def _amended(order: Order, command: AmendOrder) -> Order:
    """A detached copy with the new terms; the order itself is untouched."""
    instrument = order.market.instrument
    quantity, limit, stop = order.quantity, order.limit, order.stop
    if command.quantity is not None:
        quantity = instrument.lots(command.quantity)
    if command.limit_price is not None:
        limit = instrument.ticks(command.limit_price, "/limit_price")
    if command.stop_price is not None:
        stop = instrument.ticks(command.stop_price, "/stop_price")
    filled = order.quantity - order.remaining
    if quantity <= filled:
        raise RefusalError(
            BELOW_MINIMUM,
            f"{instrument.quantity_text(filled)} has traded already; cancel the rest instead.",
            "/quantity",
        )
    if limit is not None:
        instrument.require_notional(limit, quantity)
    copy = Order(
        order.account,
        order.market,
        order.request,
        quantity=quantity,
        limit=limit,
        stop=stop,
        time_in_force=order.time_in_force,
        expire_time=order.expire_time,
        time=order.created,
    )
    copy.number = order.number
    copy.remaining = quantity - filled
    copy.waiting = order.waiting and not order.market.reached(copy)
    return copy


def _reduce(state: State, order: Order, quantity: int) -> None:
    less = order.quantity - quantity
    order.quantity = quantity
    order.remaining -= less
    if order.level is not None:
        order.level.quantity -= less
    hold(order, order.need(order.remaining), state.now)
    _record(state, order, kept_priority=True)


def _reenter(state: State, order: Order, amended: Order) -> None:
    need = admit(amended, held=order.reserved)
    remove(order)
    order.quantity = amended.quantity
    order.remaining = amended.remaining
    order.limit = amended.limit
    order.stop = amended.stop
    order.waiting = amended.waiting
    hold(order, need, state.now)
    _record(state, order, kept_priority=False)
    start(state, order)
    settle_market(state, order.market)


def _record(state: State, order: Order, *, kept_priority: bool) -> None:
    order.version += 1
    order.updated = state.now
    event = OrderAmended(
        state.next_seq(),
        state.now,
        order.account.account_id,
        order.number,
        order.quantity,
        order.limit,
        order.stop,
        kept_priority,
    )
    state.events.append(event)
