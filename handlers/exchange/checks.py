"""What an order must satisfy to start working, checked before anything changes."""

from __future__ import annotations

from handlers.exchange import money
from handlers.exchange.codes import (
    INSUFFICIENT_BALANCE,
    POST_ONLY_WOULD_CROSS,
    REDUCE_ONLY_VIOLATION,
    SELF_TRADE_PREVENTED,
    RefusalError,
)
from handlers.exchange.matching import walk
from handlers.exchange.orders import CANCEL_NEWEST, Order


def admit(order: Order, held: int = 0) -> int:
    """What the order must hold in reserve, in atoms of what it pays with.

    Priced orders hold their worst case. A market buy holds exactly what walking the book costs
    it now, fees included: if the balance does not cover that, it is refused as a whole. A stop
    order is checked for its reserve when it comes, and for everything else when it wakes.

    Args:
        order: A draft, an amended draft, or a stop order that wakes.
        held: What the order already holds, to be counted as available.

    Raises:
        RefusalError: With one of the codes of this module's imports.
    """
    request = order.request
    if not order.waiting:
        if request.reduce_only:
            _require_reducible(order)
        side = order.market.asks if order.is_buy else order.market.bids
        if side.keys and side.keys[-1] >= order.bound:
            _require_may_trade(order, side.levels[side.keys[-1]].head)
    if order.limit is None and order.is_buy and not order.waiting:
        need = walk(order)[1]
    else:
        need = order.need(order.remaining)
    instrument = order.market.instrument
    asset = instrument.quote if order.is_buy else instrument.base
    balance = order.account.balances.get(asset.asset)
    available = held if balance is None else balance.available + held
    if need > available:
        has, wants = money.render(available, asset.scale), money.render(need, asset.scale)
        raise RefusalError(
            INSUFFICIENT_BALANCE, f"The order needs {wants} {asset.asset}; {has} is available."
        )
    return need


def _require_may_trade(order: Order, first: Order) -> None:
    """Judge an order that would trade at once; `first` is what it would meet."""
    if order.request.post_only:
        raise RefusalError(POST_ONLY_WOULD_CROSS, "The order would trade at once.", "/limit_price")
    if first.account is order.account and order.request.stp_mode == CANCEL_NEWEST:
        raise RefusalError(
            SELF_TRADE_PREVENTED, "The order would trade with an order of the same account."
        )


def _require_reducible(order: Order) -> None:
    """A reduce-only order and those before it together never exceed the position."""
    position = order.account.positions.get(order.market.instrument.instrument_id)
    left = 0
    if position is not None:
        left = position.reducible(is_buy=order.is_buy) - sum(
            other.remaining
            for other in position.reducing.values()
            if other.is_buy == order.is_buy and other.number != order.number
        )
    if order.remaining > left:
        text = order.market.instrument.quantity_text(max(left, 0))
        raise RefusalError(
            REDUCE_ONLY_VIOLATION, f"Reduce-only orders may still trade {text}.", "/quantity"
        )
