"""Stop orders: they wait beside the book until a trade reaches their stop price.

After the matching of every command all stops within the span of its trade prices wake: first
buys from the lowest stop price up, then sells from the highest down, older ones first at one
price. They go to work in that order; what their own trades wake comes after them.
"""

from __future__ import annotations

from handlers.exchange.accounts import hold
from handlers.exchange.book import Side, remove
from handlers.exchange.checks import admit
from handlers.exchange.closing import close, sweep_reduce_only
from handlers.exchange.codes import RefusalError
from handlers.exchange.events import OrderTriggered
from handlers.exchange.market import Market
from handlers.exchange.matching import begin
from handlers.exchange.orders import REJECTED, Order
from handlers.exchange.state import State


def settle_market(state: State, market: Market) -> None:
    """Carry out everything that the trades of a command entail, until nothing more follows."""
    while market.low is not None and market.high is not None:
        if market.stop_buys.keys:
            _wake(state, market.stop_buys, -market.high)
        if market.stop_sells.keys:
            _wake(state, market.stop_sells, market.low)
        market.low = market.high = None
        while state.woken:
            _trigger(state, state.woken.popleft())
    if state.touched:
        sweep_reduce_only(state)


def _wake(state: State, side: Side, bound: int) -> None:
    while side.keys and side.keys[-1] >= bound:
        order = side.levels[side.keys[-1]].head
        remove(order)
        order.waiting = False
        state.woken.append(order)


def _trigger(state: State, order: Order) -> None:
    """Start a stop order that woke, under the rules that a new order would meet."""
    order.version += 1
    order.updated = state.now
    event = OrderTriggered(state.next_seq(), state.now, order.account.account_id, order.number)
    state.events.append(event)
    try:
        need = admit(order, held=order.reserved)
    except RefusalError as refusal:
        close(state, order, REJECTED, refusal.code)
        return
    hold(order, need, state.now)
    begin(state, order)
