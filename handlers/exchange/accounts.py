"""Accounts and the double-entry ledger.

Every balance belongs to an account, and amounts only ever move between balances of the same
asset: from `available` to `reserved` and back as orders come and go, and between accounts as
trades settle. Money enters through `EXTERNAL`, whose balance is minus what has been deposited,
and fees end at `FEES`. So per asset all balances together are zero at any time, and every
client balance is at least zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from handlers.exchange.positions import Position

if TYPE_CHECKING:
    from handlers.exchange.events import Traded
    from handlers.exchange.instruments import Instrument
    from handlers.exchange.orders import Order

EXTERNAL: Final = "venue:external"
FEES: Final = "venue:fees"
VENUE_ACCOUNTS: Final = (EXTERNAL, FEES)


class Balance:
    """Atoms of one asset. `reserved` is the sum of what the account's working orders hold."""

    __slots__ = ("available", "reserved", "updated")

    def __init__(self) -> None:
        self.available = 0
        self.reserved = 0
        self.updated = 0


class Account:
    """All that belongs to one client.

    `orders` and `executions` are in the order in which they came, `working` the orders that may
    still trade, `cancel_after` the deadline of the dead-man switch or 0.
    """

    __slots__ = (
        "account_id",
        "balances",
        "by_client_id",
        "cancel_after",
        "deposits",
        "executions",
        "number",
        "orders",
        "positions",
        "working",
    )

    def __init__(self, account_id: str, number: int) -> None:
        self.account_id = account_id
        self.number = number
        self.balances: dict[str, Balance] = {}
        self.positions: dict[str, Position] = {}
        self.working: dict[int, Order] = {}
        self.by_client_id: dict[str, Order] = {}
        self.orders: list[Order] = []
        self.executions: list[Traded] = []
        self.deposits: dict[str, tuple[str, int]] = {}
        self.cancel_after = 0

    def balance(self, asset: str) -> Balance:
        """The balance of an asset, opened at zero when it is first needed."""
        balance = self.balances.get(asset)
        if balance is None:
            balance = self.balances[asset] = Balance()
        return balance

    def position(self, instrument: Instrument) -> Position:
        """The position in an instrument, opened at zero when it is first needed."""
        position = self.positions.get(instrument.instrument_id)
        if position is None:
            base = self.balance(instrument.base.asset)
            quote = self.balance(instrument.quote.asset)
            position = Position(instrument, base, quote)
            self.positions[instrument.instrument_id] = position
        return position


def hold(order: Order, amount: int, time: int) -> None:
    """Make an order hold exactly `amount` in reserve; the caller has checked that it is there."""
    balance = order.pays
    more = amount - order.reserved
    balance.available -= more
    balance.reserved += more
    balance.updated = time
    order.reserved = amount


def deposit(source: Account, target: Account, asset: str, amount: int, time: int) -> None:
    """Move atoms from outside into an account."""
    for account, change in ((source, -amount), (target, amount)):
        balance = account.balance(asset)
        balance.available += change
        balance.updated = time


def settle_buy(order: Order, atoms: int, cost: int, time: int) -> None:
    """Pay the notional and fee of a trade out of the order's reserve and take the base in.

    The order's `remaining` already excludes the trade. A buyer who pays less than was held
    (a better price, the maker's lower fee) gets the difference back at once.
    """
    if order.limit is None:
        kept = order.reserved - cost
    else:
        kept = order.need(order.remaining) if order.remaining else 0
    freed = order.reserved - kept
    order.reserved = kept
    paying, getting = order.pays, order.gets
    paying.reserved -= freed
    paying.available += freed - cost
    paying.updated = time
    getting.available += atoms
    getting.updated = time


def settle_sell(order: Order, atoms: int, proceeds: int, time: int) -> None:
    """Give the base of a trade out of the order's reserve and take the notional less fee in."""
    paying, getting = order.pays, order.gets
    order.reserved -= atoms
    paying.reserved -= atoms
    paying.updated = time
    getting.available += proceeds
    getting.updated = time


def imbalance(accounts: Iterable[Account]) -> dict[str, int]:
    """Per asset, what all balances together miss to zero: an empty dict in a sound ledger."""
    sums: dict[str, int] = {}
    for account in accounts:
        for asset, balance in account.balances.items():
            sums[asset] = sums.get(asset, 0) + balance.available + balance.reserved
    return {asset: amount for asset, amount in sums.items() if amount}
