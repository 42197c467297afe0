"""Matching: an incoming order meets the other side of the book, best price first, oldest first.

Trades happen at the maker's price. Orders of the taker's own account are handled as its
`stp_mode` says when they are reached. A reduce-only maker trades at most what its account's
position allows at the instant it is reached, and is canceled when that is nothing.
"""

from __future__ import annotations

from handlers.exchange.accounts import settle_buy, settle_sell
from handlers.exchange.book import Side, remove
from handlers.exchange.closing import close, retire
from handlers.exchange.codes import REDUCE_ONLY, SELF_TRADE_PREVENTION, TIME_IN_FORCE
from handlers.exchange.events import Traded, new_event
from handlers.exchange.instruments import PPM
from handlers.exchange.orders import (
    CANCEL_NEWEST,
    CANCEL_OLDEST,
    CANCELED,
    FILLED,
    FOK,
    IOC,
    PARTIALLY_FILLED,
    Order,
)
from handlers.exchange.positions import Position
from handlers.exchange.state import State


def begin(state: State, order: Order) -> None:
    """Let an accepted order trade, then rest what is left of it or end it as its terms say."""
    if order.request.reduce_only:
        reducing = order.position.reducing
        reducing.pop(order.number, None)  # one that comes in again is the newest
        reducing[order.number] = order
    market = order.market
    time_in_force = order.time_in_force
    if time_in_force == FOK and walk(order)[0] < order.remaining:
        close(state, order, CANCELED, TIME_IN_FORCE)
        return
    side = market.asks if order.is_buy else market.bids
    bound = order.bound
    if side.keys and side.keys[-1] >= bound:
        _match(state, order, side, bound)
        if not order.remaining or order.is_final:
            return
    if order.limit is None or time_in_force in (IOC, FOK):
        close(state, order, CANCELED, TIME_IN_FORCE)
    else:
        market.enqueue(order)


def walk(order: Order) -> tuple[int, int]:
    """What `begin` would trade right now: quantity in lots, and notional with fee in quote atoms.

    Follows the rules of matching step by step, so that the answer is exact.
    """
    market, instrument = order.market, order.market.instrument
    bound, wanted = order.bound, order.remaining
    moved: dict[Position, int] = {}
    cost = 0
    for maker in market.opposite(order):
        if not wanted or maker.level is None or maker.level.key < bound:
            break
        if maker.account is order.account:
            if order.request.stp_mode == CANCEL_OLDEST:
                continue
            break
        held = moved.get(maker.position, maker.position.quantity)
        quantity = min(wanted, maker.remaining)
        if maker.request.reduce_only:
            quantity = min(quantity, max(-held if maker.is_buy else held, 0))
        moved[maker.position] = held + (quantity if maker.is_buy else -quantity)
        notional = abs(maker.level.key) * quantity * instrument.unit_value
        cost += notional + notional * instrument.taker_ppm // PPM
        wanted -= quantity
    return order.remaining - wanted, cost


def _match(state: State, taker: Order, side: Side, bound: int) -> None:
    keys, levels = side.keys, side.levels
    account = taker.account
    while taker.remaining and keys and (key := keys[-1]) >= bound:
        maker = levels[key].head
        if maker.account is account:
            if _prevent_self_trade(state, taker, maker):
                return
            continue
        wanted, quantity = taker.remaining, maker.remaining
        if wanted < quantity:  # noqa: PLR1730 - a call of min is dearer, for every trade
            quantity = wanted
        if maker.request.reduce_only:
            quantity = min(quantity, maker.position.reducible(is_buy=maker.is_buy))
            if not quantity:
                close(state, maker, CANCELED, REDUCE_ONLY)
                continue
        _trade(state, taker, maker, abs(key), quantity)


def _prevent_self_trade(state: State, taker: Order, maker: Order) -> bool:
    """Cancel what the taker's mode says; whether the taker is done."""
    mode = taker.request.stp_mode
    if mode != CANCEL_NEWEST:
        close(state, maker, CANCELED, SELF_TRADE_PREVENTION)
    if mode != CANCEL_OLDEST:
        close(state, taker, CANCELED, SELF_TRADE_PREVENTION)
        return True
    return False


def _trade(state: State, taker: Order, maker: Order, price: int, quantity: int) -> None:
    # The hottest function there is: what would be a loop or a helper elsewhere is spelled out.
    market = taker.market
    instrument = market.instrument
    now = state.now
    value = price * quantity
    notional = value * instrument.unit_value
    taker_fee = notional * instrument.taker_ppm // PPM
    maker_fee = notional * instrument.maker_ppm // PPM
    taker.remaining -= quantity
    taker.value += value
    taker.version += 1
    taker.updated = now
    maker.remaining -= quantity
    maker.value += value
    maker.version += 1
    maker.updated = now
    if maker.level is not None:
        maker.level.quantity -= quantity
    atoms = quantity * instrument.lot_atoms
    taker_position, maker_position = taker.position, maker.position
    if taker.is_buy:
        settle_buy(taker, atoms, notional + taker_fee, now)
        settle_sell(maker, atoms, notional - maker_fee, now)
        taker_position.trade(quantity, price, now)
        maker_position.trade(-quantity, price, now)
    else:
        settle_buy(maker, atoms, notional + maker_fee, now)
        settle_sell(taker, atoms, notional - taker_fee, now)
        taker_position.trade(-quantity, price, now)
        maker_position.trade(quantity, price, now)
    if taker_position.reducing or maker_position.reducing:
        state.touched += (taker_position, maker_position)
    market.fees.available += maker_fee + taker_fee
    market.record(now, price, quantity)
    state.sequence += 1
    state.trade_count += 1
    taker_request, maker_request = taker.request, maker.request
    trade = new_event(
        Traded,
        (
            state.sequence,
            now,
            taker_request.instrument_id,
            state.trade_count,
            price,
            quantity,
            taker_request.side,
            taker_request.account_id,
            taker.number,
            taker_request.client_order_id,
            taker_fee,
            taker.remaining,
            maker_request.account_id,
            maker.number,
            maker_request.client_order_id,
            maker_fee,
            maker.remaining,
        ),
    )
    state.events.append(trade)
    market.trades.append(trade)
    taker.account.executions.append(trade)
    maker.account.executions.append(trade)
    if maker.remaining:
        maker.status = PARTIALLY_FILLED
    else:
        remove(maker)
        retire(state, maker, FILLED)
    if taker.remaining:
        taker.status = PARTIALLY_FILLED
    else:
        retire(state, taker, FILLED)
