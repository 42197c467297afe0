"""What happens by itself: expiry of day and gtd orders, dead-man switches, end of retention.

Deadlines fire before the first command at or after them is looked at, each at its own instant,
so that the outcome does not depend on how often time is advanced.
"""

from __future__ import annotations

from heapq import heappop

from handlers.exchange.closing import cancel_all, close
from handlers.exchange.codes import CANCEL_AFTER, TIME_IN_FORCE
from handlers.exchange.orders import EXPIRED
from handlers.exchange.state import ORDER_TIMER, State
from handlers.exchange.times import HOUR


def advance(state: State, time: int) -> None:
    """Move the clock to `time`, firing on the way what is due; it never goes back."""
    timers = state.timers
    while timers and timers[0][0] <= time:
        deadline, kind, number = heappop(timers)
        state.now = max(state.now, deadline)
        if kind == ORDER_TIMER:
            _expire_order(state, deadline, number)
        else:
            _fire_switch(state, deadline, number)
    state.now = max(state.now, time)
    if state.now - state.pruned >= HOUR:
        _prune(state)
    state.idle_until = state.pruned + HOUR
    if timers:
        state.idle_until = min(state.idle_until, timers[0][0])


def _expire_order(state: State, deadline: int, number: int) -> None:
    order = state.orders.get(number)
    if order is not None and order.is_working and order.expire_time == deadline:
        close(state, order, EXPIRED, TIME_IN_FORCE)


def _fire_switch(state: State, deadline: int, number: int) -> None:
    account = state.accounts_by_number[number]
    if account.cancel_after == deadline:
        account.cancel_after = 0
        cancel_all(state, list(account.working.values()), CANCEL_AFTER)


def _prune(state: State) -> None:
    """Forget what is older than the retention: closed orders, executions, short candles."""
    state.pruned = state.now
    horizon = state.now - state.retention
    forgotten = set()
    while state.closed and state.closed[0].updated < horizon:
        order = state.closed.popleft()
        del state.orders[order.number]
        del order.account.by_client_id[order.request.client_order_id]
        forgotten.add(order.account)
    for account in forgotten:
        account.orders = [o for o in account.orders if o.number in state.orders]
    for account in state.accounts_by_number:
        executions = account.executions
        if executions and executions[0].time < horizon:
            account.executions = [e for e in executions if e.time >= horizon]
    for market in state.markets.values():
        market.candles.prune(horizon)
