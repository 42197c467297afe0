"""Placing orders: idempotency, from request to order, and the way into the market."""

from __future__ import annotations

from dataclasses import replace

from handlers.exchange.accounts import Account, hold
from handlers.exchange.checks import admit
from handlers.exchange.codes import (
    CLIENT_ORDER_ID_CONFLICT,
    INSTRUMENT_NOT_OPEN,
    MALFORMED,
    RefusalError,
)
from handlers.exchange.commands import PlaceBatch, PlaceOrder, RefuseOrder
from handlers.exchange.events import BatchItem, OrderAccepted, OrderReplayed, Rejected, new_event
from handlers.exchange.instruments import OPEN
from handlers.exchange.matching import begin
from handlers.exchange.money import canonical
from handlers.exchange.orders import DAY, GTC, IOC, MARKET, ORDER_OPEN, Order
from handlers.exchange.shapes import require_shape
from handlers.exchange.state import ORDER_TIMER, State
from handlers.exchange.stops import settle_market
from handlers.exchange.times import end_of_day


def place(state: State, command: PlaceOrder) -> None:
    """Place an order, or show the one that the same request made before."""
    if command.expires is not None:
        state.require_fresh(command.expires)
    account = state.client(command.account_id)
    if command.client_order_id in account.by_client_id:
        known = known_order(account, command)
        event = OrderReplayed(
            state.next_seq(), state.now, account.account_id, known.number, command.client_order_id
        )
        state.events.append(event)
        return
    order = draft(state, account, command, state.now)
    need = admit(order)
    _register(state, order, need)
    start(state, order)
    if order.market.low is not None or state.touched:
        settle_market(state, order.market)


def place_batch(state: State, command: PlaceBatch) -> None:
    """Place orders one after the other; a refused item does not keep the others back."""
    state.require_fresh(command.expires)
    for index, item in enumerate(command.items):
        state.events.append(BatchItem(state.next_seq(), state.now, index))
        try:
            _require_owner(item, command.account_id)
            if item.client_order_id in command.taken:
                raise taken()
            place(state, item)
        except RefusalError as refusal:
            state.events.append(
                Rejected(
                    state.next_seq(),
                    state.now,
                    command.account_id,
                    item.client_order_id,
                    refusal.code,
                    refusal.detail,
                    refusal.pointer,
                )
            )


def refuse(state: State, command: RefuseOrder) -> None:
    """Refuse an order as one whose client id the account has used already."""
    state.require_fresh(command.expires)
    raise taken()


def taken() -> RefusalError:
    """The refusal of a client id that stands for an order with other terms."""
    return RefusalError(
        CLIENT_ORDER_ID_CONFLICT,
        "This client_order_id was used for an order with other terms.",
        "/client_order_id",
    )


def _require_owner(item: PlaceOrder, account_id: str) -> None:
    if item.account_id != account_id:
        raise RefusalError(MALFORMED, "The item names another account.", "/account_id")


def known_order(account: Account, command: PlaceOrder) -> Order:
    """The order that this request made before; a refusal if its id stands for another request."""
    known = account.by_client_id[command.client_order_id]
    if _normal(known.request) != _normal(command):
        raise taken()
    return known


def draft(state: State, account: Account, command: PlaceOrder, now: int) -> Order:
    """The order that a request describes, in integer units; nothing is changed.

    Raises:
        RefusalError: For an unknown or halted instrument, terms that do not go together, and
            amounts off the instrument's grid or below its minimum.
    """
    market = state.market(command.instrument_id)
    if market.status != OPEN:
        raise RefusalError(INSTRUMENT_NOT_OPEN, "The instrument is halted.", "/instrument_id")
    time_in_force = command.time_in_force or (IOC if command.type == MARKET else GTC)
    require_shape(command, time_in_force)
    expire_time = command.expire_time
    if expire_time is not None and expire_time <= now:
        raise RefusalError(MALFORMED, "The order would already have expired.", "/expire_time")
    if time_in_force == DAY:
        expire_time = end_of_day(now)
    instrument = market.instrument
    quantity = instrument.lots(command.quantity)
    limit = stop = None
    if command.limit_price is not None:
        limit = instrument.ticks(command.limit_price, "/limit_price")
        instrument.require_notional(limit, quantity)
    if command.stop_price is not None:
        stop = instrument.ticks(command.stop_price, "/stop_price")
    order = Order(account, market, command, quantity, limit, stop, time_in_force, expire_time, now)
    if stop is not None:
        order.waiting = not market.reached(order)
    return order


def start(state: State, order: Order) -> None:
    """Queue a stop order that waits; let any other order trade."""
    if order.waiting:
        order.market.enqueue(order)
        return
    begin(state, order)


def _register(state: State, order: Order, need: int) -> None:
    request, account = order.request, order.account
    state.order_count += 1
    number = order.number = state.order_count
    order.status = ORDER_OPEN
    state.orders[number] = order
    account.orders.append(order)
    account.working[number] = order
    account.by_client_id[request.client_order_id] = order
    order.bind(account.position(order.market.instrument))
    hold(order, need, state.now)
    if order.expire_time is not None:
        state.set_timer(order.expire_time, ORDER_TIMER, number)
    state.sequence += 1
    event = new_event(
        OrderAccepted,
        (
            state.sequence,
            state.now,
            request.account_id,
            number,
            request.client_order_id,
            request.instrument_id,
            request.side,
            request.type,
            order.quantity,
            order.limit,
            order.stop,
        ),
    )
    state.events.append(event)


def _normal(command: PlaceOrder) -> PlaceOrder:
    """A request with equal spellings of equal terms, and without its `expires`."""
    return replace(
        command,
        quantity=canonical(command.quantity) or "",
        limit_price=canonical(command.limit_price),
        stop_price=canonical(command.stop_price),
        expires=None,
    )
