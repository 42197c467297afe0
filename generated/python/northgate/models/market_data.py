"""Models of `market_data`: what the API answers."""

from __future__ import annotations

import datetime as dt
from typing import List, Literal, TypeAlias

from .._runtime.models import BaseModel, ExactDecimal
from .shared import OrderSide

CandleInterval: TypeAlias = Literal["1m", "5m", "15m", "1h", "4h", "1d"]
"""Length of a candle; candles begin at multiples of it since midnight UTC."""

InstrumentStatus: TypeAlias = Literal["open", "halted"] | str
"""`open` trades; `halted` accepts cancels only."""

VenueStatus: TypeAlias = Literal["operational", "degraded", "cancel_only", "maintenance"] | str
"""`operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
`maintenance` takes nothing.
"""


class Candle(BaseModel):
    """Trades of one interval. Intervals without a trade have no candle."""

    start_time: dt.datetime
    """First instant of the interval; its end is the start of the next."""

    open: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    high: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    low: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    close: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    volume: ExactDecimal
    """Traded quantity in the base asset."""

    trade_count: int
    """Number of trades."""


class CandleList(BaseModel):
    data: List[Candle]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class Instrument(BaseModel):
    """Something that trades, and the rules its orders follow."""

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    base_asset: str
    """What is bought and sold."""

    quote_asset: str
    """What it is paid with."""

    status: InstrumentStatus
    """`open` trades; `halted` accepts cancels only."""

    price_tick: ExactDecimal
    """Prices are multiples of this."""

    quantity_step: ExactDecimal
    """Quantities are multiples of this."""

    minimum_quantity: ExactDecimal
    """The smallest order."""

    minimum_notional: ExactDecimal
    """The smallest limit price x quantity, in the quote asset."""

    maker_fee_rate: ExactDecimal
    """Share of the traded value, `0.001` is ten basis points; negative is a rebate."""

    taker_fee_rate: ExactDecimal
    """Share of the traded value, `0.001` is ten basis points; negative is a rebate."""


class InstrumentList(BaseModel):
    data: List[Instrument]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class OrderBook(BaseModel):
    """The book by price level, taken in one instant."""

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    bids: List[PriceLevel]
    """Best, that is highest, price first."""

    asks: List[PriceLevel]
    """Best, that is lowest, price first."""

    seq: int
    """The last event that the book contains."""

    time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class PriceLevel(BaseModel):
    price: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: ExactDecimal
    """What all orders at this price still offer together."""


class ServerTime(BaseModel):
    time: dt.datetime
    """The clock that signature windows are judged by."""


class ServiceStatus(BaseModel):
    status: VenueStatus
    """`operational` takes orders; `degraded` takes them slowly; `cancel_only` takes cancels;
    `maintenance` takes nothing.
    """

    message: str | None
    """What is going on, for people; null when there is nothing to say."""

    time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class Trade(BaseModel):
    """A public trade."""

    trade_id: str
    """Unique on the venue."""

    instrument_id: str
    """Base and quote asset, joined by a hyphen."""

    price: ExactDecimal
    """Quote asset per one unit of the base asset, as a decimal string without exponent. Orders name
    prices on the instrument's `price_tick`.
    """

    quantity: ExactDecimal
    """Units of the base asset, as a decimal string without exponent. Orders name quantities on the
    instrument's `quantity_step`.
    """

    taker_side: OrderSide
    """The side that came to the book."""

    time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    seq: int
    """Position in the venue's event stream; strictly increasing, with gaps."""


class TradeList(BaseModel):
    data: List[Trade]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""
