"""The venue's rules once more, written to be obvious: lists, sorting, copies, no speed at all.

Nothing is shared with the core but the command types. Amounts are plain integers: prices in
ticks, quantities in lots; one tick times one lot is five hundred quote atoms (see `conftest`).
Balances are not kept in two parts here: an account holds totals, and what is available is the
total less what its working orders need, added up anew every time.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

UNIT = 500  # quote atoms of one tick x lot
LOT = 10  # base atoms of one lot
MINIMUM = 10_000  # quote atoms
MAKER, TAKER = 1_000, 2_000  # parts per million


def with_fee(notional: int, rate: int) -> int:
    return notional + notional * rate // 1_000_000


@dataclass
class Terms:
    """An order, or the request for one."""

    account: str
    is_buy: bool
    quantity: int
    limit: int | None = None
    stop: int | None = None
    tif: str = "gtc"
    post_only: bool = False
    reduce_only: bool = False
    stp: str = "cancel_newest"
    number: int = 0
    filled: int = 0
    status: str = "open"
    reason: str | None = None
    waiting: bool = False
    limbo: bool = False  # woken, but not at work yet: in no queue, still holding its reserve
    priority: int = 0

    @property
    def left(self) -> int:
        return self.quantity - self.filled

    @property
    def working(self) -> bool:
        return self.status in ("open", "partially_filled")

    def need(self) -> int:
        if not self.is_buy:
            return self.left * LOT
        price = self.limit if self.limit is not None else self.stop
        return with_fee((price or 0) * self.left * UNIT, TAKER)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer here, not an error
    """Why a request is not carried out."""


@dataclass
class Naive:
    usd: dict[str, int] = field(default_factory=dict)
    x: dict[str, int] = field(default_factory=dict)
    position: dict[str, int] = field(default_factory=dict)
    orders: list[Terms] = field(default_factory=list)
    trades: list[tuple[int, int, int, int]] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=dict)  # ticks x lots bought less sold
    fees: int = 0
    last: int | None = None
    priority: int = 0

    # reading

    def working(self, account: str | None = None) -> list[Terms]:
        return [o for o in self.orders if o.working and account in (None, o.account)]

    def queue(self, *, is_buy: bool, waiting: bool = False) -> list[Terms]:
        """Resting orders of a side in the order in which they trade."""
        side = [
            o for o in self.working() if o.is_buy == is_buy and o.waiting == waiting and not o.limbo
        ]
        if waiting:
            return sorted(side, key=lambda o: (o.stop if is_buy else -o.stop, o.priority))
        return sorted(side, key=lambda o: (-o.limit if is_buy else o.limit, o.priority))

    def reserved(self, account: str, *, usd: bool) -> int:
        return sum(o.need() for o in self.working(account) if o.is_buy == usd)

    def available(self, account: str, *, usd: bool) -> int:
        total = (self.usd if usd else self.x).get(account, 0)
        return total - self.reserved(account, usd=usd)

    def reducible(self, order: Terms) -> int:
        held = self.position.get(order.account, 0)
        return max(-held if order.is_buy else held, 0)

    def crosses(self, order: Terms, other: Terms) -> bool:
        if order.limit is None:
            return True
        return other.limit <= order.limit if order.is_buy else other.limit >= order.limit

    def counterparts(self, order: Terms) -> list[Terms]:
        return [
            o
            for o in self.queue(is_buy=not order.is_buy)
            if o is not order and self.crosses(order, o)
        ]

    def tried(self, order: Terms) -> tuple[Naive, Terms]:
        """What would be if the order traded now, paid for from a bottomless purse."""
        world, twin = copy.deepcopy((self, order))
        twin.status = "open"  # it may be away from the market while it is judged
        world.match(twin)
        return world, twin

    # checking

    def admit(self, order: Terms) -> None:
        """Refuse an order that may not start; it does not count among the working ones yet."""
        if not order.waiting:
            if order.reduce_only:
                others = [
                    o
                    for o in self.working(order.account)
                    if o.reduce_only and not (o.waiting or o.limbo) and o.is_buy == order.is_buy
                ]
                if order.left > self.reducible(order) - sum(o.left for o in others):
                    raise Refusal("reduce_only_violation")
            met = self.counterparts(order)
            if met and order.post_only:
                raise Refusal("post_only_would_cross")
            if met and met[0].account == order.account and order.stp == "cancel_newest":
                raise Refusal("self_trade_prevented")
        need = order.need()
        if order.is_buy and order.limit is None and not order.waiting:
            need = self.usd.get(order.account, 0) - self.tried(order)[0].usd.get(order.account, 0)
        if need > self.available(order.account, usd=order.is_buy):
            raise Refusal("insufficient_balance")

    # changing

    def place(self, order: Terms) -> None:
        if order.limit is not None and order.limit * order.quantity * UNIT < MINIMUM:
            raise Refusal("below_minimum")
        order.waiting = order.stop is not None and not self.reached(order, self.last, self.last)
        self.admit(order)
        self.orders.append(order)
        order.number = len(self.orders)
        self.start(order)
        self.sweep()

    def amend(self, order: Terms, **changes: int) -> None:
        if not order.working:
            raise Refusal("order_not_open")
        new = copy.copy(order)
        for name, value in changes.items():
            setattr(new, name, value)
        if new.left <= 0:
            raise Refusal("below_minimum")
        if new.limit is not None and new.limit * new.quantity * UNIT < MINIMUM:
            raise Refusal("below_minimum")
        new.waiting = order.waiting and not self.reached(new, self.last, self.last)
        if (new.limit, new.stop) == (order.limit, order.stop) and new.quantity <= order.quantity:
            order.quantity = new.quantity
            return
        status, order.status = order.status, "away"
        try:
            self.admit(new)
        except Refusal:
            order.status = status
            raise
        order.status, order.quantity = status, new.quantity
        order.limit, order.stop, order.waiting = new.limit, new.stop, new.waiting
        self.start(order)
        self.sweep()

    def cancel(self, order: Terms, status: str = "canceled", reason: str = "requested") -> None:
        if not order.working:
            raise Refusal("order_not_open")
        order.status, order.reason = status, reason

    def reached(self, order: Terms, low: int | None, high: int | None) -> bool:
        if low is None or high is None:
            return False
        return high >= order.stop if order.is_buy else low <= order.stop

    def start(self, order: Terms) -> None:
        """Work an order, then everything that its trades wake."""
        before = len(self.trades)
        self.priority += 1
        order.priority = self.priority
        if not order.waiting:
            self.work(order)
        while len(self.trades) > before:
            prices = [price for price, *_ in self.trades[before:]]
            before = len(self.trades)
            woken = [
                stop
                for is_buy in (True, False)
                for stop in self.queue(is_buy=is_buy, waiting=True)
                if self.reached(stop, min(prices), max(prices))
            ]
            for stop in woken:
                stop.waiting, stop.limbo = False, True
            for stop in woken:
                self.wake(stop)

    def wake(self, stop: Terms) -> None:
        stop.status, stop.limbo = "away", False
        try:
            self.admit(stop)
        except Refusal as refusal:
            stop.status, stop.reason = "rejected", str(refusal)
            return
        stop.status = "open"
        self.priority += 1
        stop.priority = self.priority
        self.work(stop)

    def work(self, order: Terms) -> None:
        if order.tif == "fok" and self.tried(order)[1].left:
            self.cancel(order, reason="time_in_force")
            return
        self.match(order)
        if order.working and (order.limit is None or order.tif in ("ioc", "fok")):
            self.cancel(order, reason="time_in_force")

    def match(self, order: Terms) -> None:
        while order.working and order.left:
            met = self.counterparts(order)
            if not met:
                return
            maker = met[0]
            if maker.account == order.account:
                if order.stp != "cancel_newest":
                    self.cancel(maker, reason="self_trade_prevention")
                if order.stp != "cancel_oldest":
                    self.cancel(order, reason="self_trade_prevention")
                continue
            quantity = min(order.left, maker.left)
            if maker.reduce_only:
                quantity = min(quantity, self.reducible(maker))
                if not quantity:
                    self.cancel(maker, reason="reduce_only")
                    continue
            self.trade(order, maker, quantity)

    def trade(self, taker: Terms, maker: Terms, quantity: int) -> None:
        price = maker.limit
        notional = price * quantity * UNIT
        for order, rate in ((taker, TAKER), (maker, MAKER)):
            fee = notional * rate // 1_000_000
            sign = 1 if order.is_buy else -1
            account = order.account
            self.usd[account] = self.usd.get(account, 0) - sign * notional - fee
            self.x[account] = self.x.get(account, 0) + sign * quantity * LOT
            self.position[account] = self.position.get(account, 0) + sign * quantity
            self.paid[account] = self.paid.get(account, 0) + sign * price * quantity
            self.fees += fee
            order.filled += quantity
            order.status = "partially_filled" if order.left else "filled"
        self.last = price
        self.trades.append((price, quantity, taker.number, maker.number))

    def sweep(self) -> None:
        """Cancel reduce-only orders beyond their position, newest in the market first."""
        resting = [o for o in self.working() if o.reduce_only and not o.waiting]
        for order in sorted(resting, key=lambda o: o.priority, reverse=True):
            same = [
                o
                for o in resting
                if o.working and (o.account, o.is_buy) == (order.account, order.is_buy)
            ]
            if sum(o.left for o in same) > self.reducible(order):
                self.cancel(order, reason="reduce_only")
