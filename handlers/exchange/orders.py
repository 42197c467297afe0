"""Orders: their terms, their state, and what they hold in reserve.

Status machine (the contract's words; every change raises `version`)::

    pending_new ── accepted ──> open ── fill ──> partially_filled ── fill ──> filled
                                 │  └── fill ───────────────────────────────> filled
                                 ├── cancel, ioc, fok, stp, dead-man ───────> canceled
                                 ├── day, gtd ──────────────────────────────> expired
                                 └── stop refused at its trigger ───────────> rejected

`pending_new` is what a dry run shows; `pending_cancel` is never seen, because the core cancels
within one command. A request that is refused makes no order at all. A stop order that waits
for its trigger is `open`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers.exchange.instruments import PPM

if TYPE_CHECKING:
    from handlers.exchange.accounts import Account, Balance
    from handlers.exchange.book import Level
    from handlers.exchange.commands import PlaceOrder
    from handlers.exchange.market import Market
    from handlers.exchange.positions import Position

BUY: Final = "buy"
SELL: Final = "sell"

MARKET: Final = "market"
LIMIT: Final = "limit"
STOP: Final = "stop"
STOP_LIMIT: Final = "stop_limit"

GTC: Final = "gtc"
DAY: Final = "day"
GTD: Final = "gtd"
IOC: Final = "ioc"
FOK: Final = "fok"

CANCEL_NEWEST: Final = "cancel_newest"
CANCEL_OLDEST: Final = "cancel_oldest"
CANCEL_BOTH: Final = "cancel_both"

PENDING_NEW: Final = "pending_new"
ORDER_OPEN: Final = "open"
PARTIALLY_FILLED: Final = "partially_filled"
FILLED: Final = "filled"
CANCELED: Final = "canceled"
REJECTED: Final = "rejected"
EXPIRED: Final = "expired"
WORKING_STATUSES: Final = frozenset({ORDER_OPEN, PARTIALLY_FILLED})
FINAL_STATUSES: Final = frozenset({FILLED, CANCELED, REJECTED, EXPIRED})

UNBOUNDED: Final = -(10**60)  # below every book key: what a market order accepts


class Order:
    """One order. Prices in ticks, quantities in lots, `reserved` in atoms of what it pays with.

    `pays`, `gets` and `position` are bound when the order is registered; a draft has none.
    """

    __slots__ = (
        "account",
        "cancel_reason",
        "created",
        "expire_time",
        "gets",
        "is_buy",
        "level",
        "limit",
        "market",
        "next",
        "number",
        "pays",
        "position",
        "previous",
        "quantity",
        "reject_code",
        "remaining",
        "request",
        "reserved",
        "status",
        "stop",
        "time_in_force",
        "updated",
        "value",
        "version",
        "waiting",
    )

    pays: Balance
    gets: Balance
    position: Position
    level: Level | None
    previous: Order | None
    next: Order | None

    def __init__(  # noqa: PLR0917 - keywords are dearer, for every order
        self,
        account: Account,
        market: Market,
        request: PlaceOrder,
        quantity: int = 0,
        limit: int | None = None,
        stop: int | None = None,
        time_in_force: str = "",
        expire_time: int | None = None,
        time: int = 0,
    ) -> None:
        self.account = account
        self.market = market
        self.request = request
        self.is_buy = request.side == BUY
        self.quantity = quantity
        self.limit = limit
        self.stop = stop
        self.time_in_force = time_in_force
        self.expire_time = expire_time
        self.created = time
        self.updated = time
        self.number = 0
        self.remaining = quantity
        self.value = 0  # sum of price x quantity of all fills
        self.reserved = 0
        self.status = PENDING_NEW
        self.version = 1
        self.waiting = stop is not None  # for its trigger
        self.cancel_reason: str | None = None
        self.reject_code: str | None = None
        self.level = None
        self.previous = None
        self.next = None

    def bind(self, position: Position) -> None:
        """Tie the order to its account's position, and to the balances that it moves."""
        self.position = position
        base, quote = position.base, position.quote
        self.pays, self.gets = (quote, base) if self.is_buy else (base, quote)

    @property
    def is_working(self) -> bool:
        """Whether the order may still trade."""
        return self.status in WORKING_STATUSES

    @property
    def is_final(self) -> bool:
        """Whether nothing will ever change about the order again."""
        return self.status in FINAL_STATUSES

    @property
    def bound(self) -> int:
        """The lowest key of the opposite side of the book that this order trades with."""
        limit = self.limit
        if limit is None:
            return UNBOUNDED
        return -limit if self.is_buy else limit

    def need(self, remaining: int) -> int:
        """What a priced order must hold for a remaining quantity, in atoms of what it pays with.

        A buy holds notional and fee at the higher of both rates: at its limit price, or at its
        stop price while it waits to become a market order. A sell holds the base quantity.
        """
        instrument = self.market.instrument
        if not self.is_buy:
            return remaining * instrument.lot_atoms
        price = self.stop if self.limit is None else self.limit
        notional = (price or 0) * remaining * instrument.unit_value
        return notional + notional * instrument.reserve_ppm // PPM
