"""The core against the naive venue of `naive.py`, command by command, through random lives."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.exchange import AmendOrder, CancelAll, CancelOrder, Deposit, Exchange, PlaceOrder
from handlers.exchange.codec import decode, encode
from handlers.exchange.ids import order_id
from handlers.exchange.replies import reply
from tests.exchange.conftest import SETUP, T0
from tests.exchange.naive import Naive, Refusal, Terms

ACCOUNTS = ("a", "b", "c")
prices = st.integers(18, 21)  # few enough for queues to form
quantities = st.integers(1, 5)


def text(number: int, divisor: int) -> str:
    return f"{number * 10 // divisor / 10}"


def price_text(ticks: int | None) -> str | None:
    return None if ticks is None else text(ticks, 2)


@st.composite
def terms(draw) -> Terms:
    kind = draw(st.sampled_from(("limit",) * 4 + ("market", "stop", "stop_limit")))
    priced = kind in ("limit", "stop_limit")
    lasting = kind != "market" and draw(st.integers(0, 3)) > 0
    return Terms(
        account=draw(st.sampled_from(ACCOUNTS)),
        is_buy=draw(st.booleans()),
        quantity=draw(quantities),
        limit=draw(prices) if priced else None,
        stop=draw(prices) if kind in ("stop", "stop_limit") else None,
        tif="gtc" if lasting else draw(st.sampled_from(("ioc", "fok"))),
        post_only=priced and lasting and draw(st.integers(0, 4)) == 0,
        reduce_only=draw(st.integers(0, 3)) == 0,
        stp=draw(st.sampled_from(("cancel_newest", "cancel_oldest", "cancel_both"))),
    )


def request(order: Terms, client_order_id: str) -> PlaceOrder:
    kind = {
        (False, False): "market",
        (True, False): "limit",
        (False, True): "stop",
        (True, True): "stop_limit",
    }[order.limit is not None, order.stop is not None]
    return PlaceOrder(
        account_id=order.account,
        client_order_id=client_order_id,
        instrument_id="X-USD",
        side="buy" if order.is_buy else "sell",
        type=kind,
        quantity=text(order.quantity, 10),
        limit_price=price_text(order.limit),
        stop_price=price_text(order.stop),
        time_in_force=order.tif,
        post_only=order.post_only,
        reduce_only=order.reduce_only,
        stp_mode=order.stp,
    )


class Venues(RuleBasedStateMachine):
    """Both venues get every command; after each one they must look the same."""

    def __init__(self) -> None:
        super().__init__()
        self.core = Exchange()
        self.naive = Naive()
        self.log = []
        self.count = 0
        for command in SETUP:
            self.apply(command)

    def apply(self, command):
        """Through the journal's encoding and back, so that it is tested on the way."""
        assert decode(encode(command)) == command
        self.log.append((command, T0 + len(self.log)))
        events = self.core.apply(*self.log[-1])
        return reply(self.core, command, events)

    def agree(self, command, act) -> None:
        """Carry a command out on both sides; the codes must be equal."""
        answer = self.apply(command)
        code = answer.refused and answer.refused.code
        expected = None
        try:
            act()
        except Refusal as refusal:
            expected = str(refusal)
        assert code == expected, (command, answer)

    @initialize(
        usd=st.lists(st.integers(0, 60), min_size=3, max_size=3),
        x=st.lists(st.integers(0, 4), min_size=3, max_size=3),
    )
    def fund(self, usd, x) -> None:
        for account, dollars, coins in zip(ACCOUNTS, usd, x, strict=True):
            self.deposit(account, "USD", dollars)
            self.deposit(account, "X", coins)

    @rule(account=st.sampled_from(ACCOUNTS), asset=st.sampled_from(("USD", "X")), n=quantities)
    def deposit(self, account, asset, n) -> None:
        if n:
            self.count += 1
            amount = str(n)
            self.apply(
                Deposit(account_id=account, deposit_id=f"d{self.count}", asset=asset, amount=amount)
            )
            totals, scale = (self.naive.usd, 4) if asset == "USD" else (self.naive.x, 2)
            totals[account] = totals.get(account, 0) + n * 10**scale

    @rule(orders=st.lists(terms(), min_size=1, max_size=6))
    def place(self, orders) -> None:
        for order in orders:
            self.place_one(replace(order))

    def place_one(self, order) -> None:
        self.count += 1
        self.agree(request(order, f"c{self.count}"), lambda: self.naive.place(order))

    @precondition(lambda self: self.naive.orders)
    @rule(
        data=st.data(),
        quantity=st.none() | quantities,
        limit=st.none() | prices,
        stop=st.none() | prices,
    )
    def amend(self, data, quantity, limit, stop) -> None:
        order = data.draw(st.sampled_from(self.naive.working() or self.naive.orders))
        self.amend_one(order, quantity, limit, stop)

    def amend_one(self, order, quantity, limit, stop) -> None:
        changes = {
            "quantity": quantity,
            "limit": limit if order.limit is not None else None,
            "stop": stop if order.waiting else None,
        }
        command = AmendOrder(
            account_id=order.account,
            order_id=order_id(order.number),
            quantity=None if quantity is None else text(quantity, 10),
            limit_price=price_text(changes["limit"]),
            stop_price=price_text(changes["stop"]),
        )
        wanted = {name: value for name, value in changes.items() if value is not None}
        self.agree(command, lambda: self.naive.amend(order, **wanted))

    @precondition(lambda self: self.naive.orders)
    @rule(data=st.data())
    def cancel(self, data) -> None:
        self.cancel_one(data.draw(st.sampled_from(self.naive.working() or self.naive.orders)))

    def cancel_one(self, order) -> None:
        command = CancelOrder(account_id=order.account, order_id=order_id(order.number))
        self.agree(command, lambda: self.naive.cancel(order))

    @rule(account=st.sampled_from(ACCOUNTS))
    def cancel_all(self, account) -> None:
        expected = tuple(order_id(o.number) for o in self.naive.working(account))
        answer = self.apply(CancelAll(account_id=account))
        assert answer.canceled == expected
        for order in self.naive.working(account):
            self.naive.cancel(order)

    @precondition(lambda self: self.count % 5 == 0)
    @rule(order=terms())
    def dry_run(self, order) -> None:
        before = self.core.digest()
        try:
            self.core.dry_run(request(order, "dry"), 0)
        except Exception as error:  # noqa: BLE001 - compared with what placing it answers
            expected = error.code
        else:
            expected = None
        assert self.core.digest() == before
        self.count += 1
        answer = self.apply(request(order, f"c{self.count}"))
        assert (answer.refused and answer.refused.code) == expected
        if expected is None:
            self.naive.place(replace(order))

    @invariant()
    def orders_agree(self) -> None:
        orders = self.core._state.orders
        assert len(orders) == len(self.naive.orders)
        for other in self.naive.orders:
            order = orders[other.number]
            mine = (order.status, order.quantity, order.quantity - order.remaining, order.waiting)
            theirs = (other.status, other.quantity, other.filled, other.waiting)
            assert mine == theirs, (other, order.cancel_reason)
            assert (order.cancel_reason or order.reject_code) == other.reason

    @invariant()
    def queues_agree(self) -> None:
        market = self.core._state.markets["X-USD"]
        for side, is_buy, waiting in (
            (market.bids, True, False),
            (market.asks, False, False),
            (market.stop_buys, True, True),
            (market.stop_sells, False, True),
        ):
            theirs = self.naive.queue(is_buy=is_buy, waiting=waiting)
            assert [o.number for o in side] == [o.number for o in theirs]
            for level in side.levels.values():
                assert level.quantity == sum(o.remaining for o in level)

    @invariant()
    def money_agrees(self) -> None:
        for account in ACCOUNTS:
            holder = self.core._state.accounts.get(account)
            balances = holder.balances if holder else {}
            for asset, usd in (("USD", True), ("X", False)):
                balance = balances.get(asset)
                mine = (balance.available, balance.reserved) if balance else (0, 0)
                theirs = (
                    self.naive.available(account, usd=usd),
                    self.naive.reserved(account, usd=usd),
                )
                assert mine == theirs, (account, asset)
                assert min(mine) >= 0
            position = holder.positions.get("X-USD") if holder else None
            held = position.quantity if position else 0
            assert held == self.naive.position.get(account, 0)
            if position:
                left = sum(o.remaining for o in position.reducing.values())
                assert left <= abs(held)
                assert (position.cost > 0) == (held != 0)
                entered = position.cost if held > 0 else -position.cost
                assert entered - position.realized == self.naive.paid.get(account, 0)
        fees = self.core._state.markets["X-USD"].fees.available
        assert fees == self.naive.fees
        assert self.core.imbalance() == {}

    @invariant()
    def trades_agree(self) -> None:
        mine = [
            (t.price, t.quantity, t.taker_order, t.maker_order)
            for t in self.core._state.markets["X-USD"].trades
        ]
        assert mine == self.naive.trades

    @invariant()
    def the_book_is_not_crossed(self) -> None:
        market = self.core._state.markets["X-USD"]
        if market.bids.keys and market.asks.keys:
            assert market.bids.keys[-1] < -market.asks.keys[-1]

    def teardown(self) -> None:
        again = Exchange()
        for command, time in self.log:
            again.apply(command, time)
        assert again.digest() == self.core.digest()


def random_terms(rng: random.Random) -> Terms:
    """As `terms`, but dense: most of it lasts, and half of it is about to trade."""
    kind = rng.choice(("limit",) * 5 + ("market", "stop", "stop_limit"))
    priced = kind in ("limit", "stop_limit")
    lasting = kind != "market" and rng.random() < 0.8
    return Terms(
        account=rng.choice(ACCOUNTS),
        is_buy=rng.random() < 0.5,
        quantity=rng.randrange(1, 7),
        limit=rng.randrange(17, 24) if priced else None,
        stop=rng.randrange(17, 24) if kind in ("stop", "stop_limit") else None,
        tif="gtc" if lasting else rng.choice(("ioc", "fok")),
        post_only=priced and lasting and rng.random() < 0.1,
        reduce_only=rng.random() < 0.25,
        stp=rng.choice(("cancel_newest", "cancel_oldest", "cancel_both")),
    )


@pytest.mark.parametrize("seed", range(12))
def test_long_and_crowded_lives(seed):
    """What random search seldom builds up: deep queues, cascades of stops, scarce balances."""
    rng = random.Random(seed)
    venues = Venues()
    rich = seed % 3
    venues.fund(
        [rng.randrange(20, 60) * 10**rich for _ in ACCOUNTS],
        [rng.randrange(1, 5) * 10**rich for _ in ACCOUNTS],
    )
    checks = [getattr(venues, name) for name in CHECKS]
    for _ in range(250):
        dice = rng.random()
        working = venues.naive.working()
        if working and dice < 0.12:
            venues.cancel_one(rng.choice(working))
        elif working and dice < 0.32:
            quantity = rng.choice((None, rng.randrange(1, 7)))
            limit, stop = (rng.choice((None, rng.randrange(17, 24))) for _ in range(2))
            venues.amend_one(rng.choice(working), quantity, limit, stop)
        elif dice > 0.995:
            venues.cancel_all(rng.choice(ACCOUNTS))
        else:
            venues.place_one(random_terms(rng))
        for check in checks:
            check()
    venues.teardown()
    assert len(venues.naive.trades) > 20


CHECKS = ("orders_agree", "queues_agree", "money_agrees", "trades_agree", "the_book_is_not_crossed")

Venues.TestCase.settings = settings(
    max_examples=int(os.environ.get("NORTHGATE_EXAMPLES", "100")),
    stateful_step_count=40,
    deadline=None,
)
TestVenues = Venues.TestCase
