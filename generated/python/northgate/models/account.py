"""Models of `account`: what the API answers."""

from __future__ import annotations

import datetime as dt
from typing import List, Literal, TypeAlias

from .._runtime.models import BaseModel, ExactDecimal
from .shared import OrderSide

Liquidity: TypeAlias = Literal["maker", "taker"] | str
"""Whether the order waited in the book (maker) or came to it (taker)."""


class Balance(BaseModel):
    asset: str
    """Code of an asset."""

    total: ExactDecimal
    """Everything, `available` and `reserved` together."""

    available: ExactDecimal
    """Free for new orders."""

    reserved: ExactDecimal
    """Held for working orders."""

    updated_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class BalanceList(BaseModel):
    data: List[Balance]
    """One per asset that the account ever held, by asset code, all in one instant."""


class Execution(BaseModel):
    """Your side of a trade."""

    execution_id: str
    """Unique on the venue; book executions once by it."""

    order_id: str
    """The venue's name of an order. Opaque and never reused."""

    client_order_id: str
    """Your name of an order, unique per account for at least 30 days, whatever became of the order.
    It makes a retry safe and finds the order after a timeout. It may not begin with a dot,
    because it is also a path segment.
    """

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    side: OrderSide
    """Buy or sell the base asset."""

    price: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: ExactDecimal
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    fee: ExactDecimal
    """Paid by you, in `fee_asset`; negative is a rebate."""

    fee_asset: str
    """Code of an asset."""

    liquidity: Liquidity
    """Whether the order waited in the book (maker) or came to it (taker)."""

    time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    seq: int
    """Position in the venue's event stream; strictly increasing, with gaps."""


class ExecutionList(BaseModel):
    data: List[Execution]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class Position(BaseModel):
    """What trading in one instrument has come to."""

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    quantity: ExactDecimal
    """Bought less sold; negative is short."""

    average_price: ExactDecimal | None
    """Average entry price of the open quantity; null when it is zero."""

    realized_pnl: ExactDecimal
    """Profit and loss of what has been closed, in the quote asset, fees apart."""

    updated_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class PositionList(BaseModel):
    data: List[Position]
    """One per instrument that was ever traded, by instrument, all in one instant."""


class RateLimit(BaseModel):
    """A token bucket of the account."""

    bucket: str
    """Its name; operations say in `x-rate-limit-cost` what they take from which."""

    rate: int
    """Tokens that flow in per second."""

    burst: int
    """Tokens that it holds when full."""

    remaining: int
    """Tokens that it holds now, this request taken off."""


class RateLimitList(BaseModel):
    data: List[RateLimit]
