"""A venue at hand: one instrument with plain numbers, and short words for commands.

`X-USD` trades in ticks of 0.5 and lots of 0.1; fees are 10 bps for makers and 20 for takers.
"""

from __future__ import annotations

from typing import Any

import pytest

from handlers.exchange import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    DefineAsset,
    DefineInstrument,
    Deposit,
    Event,
    Exchange,
    PlaceBatch,
    PlaceOrder,
    Reply,
    SetCancelAfter,
    SetInstrumentStatus,
    reply,
)
from handlers.exchange.times import SECOND

T0 = 1_800_000_000 * SECOND
SETUP: tuple[Command, ...] = (
    DefineAsset(asset="USD", scale=4),
    DefineAsset(asset="X", scale=2),
    DefineInstrument(
        instrument_id="X-USD",
        base_asset="X",
        quote_asset="USD",
        price_tick="0.5",
        quantity_step="0.1",
        minimum_quantity="0.1",
        minimum_notional="1",
        maker_fee_rate="0.001",
        taker_fee_rate="0.002",
    ),
)


class Desk:
    """An exchange with a clock, a log of everything applied, and defaults for commands."""

    setup = SETUP
    start = T0

    def __init__(self, retention: int | None = None) -> None:
        self.exchange = Exchange() if retention is None else Exchange(retention)
        self.time = T0
        self.log: list[tuple[Command, int]] = []
        self.events: list[Event] = []
        self.count = 0
        for command in SETUP:
            assert self.do(command).refused is None

    def do(self, command: Command) -> Reply:
        self.log.append((command, self.time))
        self.events = self.exchange.apply(command, self.time)
        assert self.exchange.imbalance() == {}
        return reply(self.exchange, command, self.events)

    def fund(self, *accounts: str, usd: str = "10000", x: str = "100") -> None:
        for account in accounts:
            for asset, amount in (("USD", usd), ("X", x)):
                self.count += 1
                self.do(
                    Deposit(
                        account_id=account,
                        deposit_id=f"d{self.count}",
                        asset=asset,
                        amount=amount,
                    )
                )

    def request(self, account: str, side: str, quantity: str, price: Any = None, **more: Any):
        self.count += 1
        kind = "market" if price is None else "limit"
        if "stop_price" in more:
            kind = "stop" if price is None else "stop_limit"
        terms = {
            "account_id": account,
            "client_order_id": f"c{self.count}",
            "instrument_id": "X-USD",
            "side": side,
            "type": kind,
            "quantity": quantity,
            "limit_price": price,
        }
        return PlaceOrder(**(terms | more))

    def place(self, *args: Any, **more: Any) -> Reply:
        return self.do(self.request(*args, **more))

    def ok(self, *args: Any, **more: Any) -> str:
        """Place an order that must be accepted; its id."""
        answer = self.place(*args, **more)
        assert answer.refused is None, answer.refused
        return answer.order.order_id

    def code(self, *args: Any, **more: Any) -> str | None:
        """Place an order; the code of its refusal."""
        before = self.exchange.digest()
        answer = self.place(*args, **more)
        if answer.refused is None:
            return None
        assert len(self.events) == 1
        assert before != self.exchange.digest(), "the refusal has a sequence number"
        return answer.refused.code

    def amend(self, account: str, order_id: str, **changes: Any) -> Reply:
        return self.do(AmendOrder(account_id=account, order_id=order_id, **changes))

    def cancel(self, account: str, order_id: str, **more: Any) -> Reply:
        return self.do(CancelOrder(account_id=account, order_id=order_id, **more))

    def cancel_all(self, account: str, instrument_id: str | None = None) -> Reply:
        return self.do(CancelAll(account_id=account, instrument_id=instrument_id))

    def cancel_after(self, account: str, timeout_ms: int) -> Reply:
        return self.do(SetCancelAfter(account_id=account, timeout_ms=timeout_ms))

    def batch(self, account: str, *items: PlaceOrder, **more: Any) -> Reply:
        return self.do(PlaceBatch(account_id=account, items=items, **more))

    def status(self, status: str) -> Reply:
        return self.do(SetInstrumentStatus(instrument_id="X-USD", status=status))

    def wait(self, microseconds: int) -> list[Event]:
        self.time += microseconds
        self.do(AdvanceTime())
        return self.events

    def order(self, account: str, order_id: str):
        return self.exchange.order(account, order_id)

    def book(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        book = self.exchange.book("X-USD")
        return [tuple(level) for level in book.bids], [tuple(level) for level in book.asks]

    def balance(self, account: str, asset: str) -> tuple[str, str]:
        """(available, reserved)."""
        for balance in self.exchange.balances(account):
            if balance.asset == asset:
                return balance.available, balance.reserved
        return "0", "0"

    def position(self, account: str):
        return next(iter(self.exchange.positions(account)), None)

    def trades(self) -> list[tuple[str, str]]:
        """(price, quantity), oldest first."""
        page = self.exchange.trades("X-USD")
        return [(t.price, t.quantity) for t in reversed(page.items)]


@pytest.fixture
def empty() -> Desk:
    """A desk whose accounts hold nothing yet."""
    return Desk()


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """A desk with three funded accounts, a, b and c."""
    empty.fund("a", "b", "c")
    return empty


@pytest.fixture
def new_desk() -> type[Desk]:
    """For tests that need several desks, or one of their own making."""
    return Desk
