"""What the venue shows: immutable, with decimal strings, as the contract spells its members.

Instants are microseconds since the epoch (`times.rfc3339` makes the text of the contract).
"""

from __future__ import annotations

from typing import NamedTuple

from handlers.exchange import ids, money
from handlers.exchange.accounts import Balance
from handlers.exchange.candles import Candle
from handlers.exchange.events import Traded
from handlers.exchange.instruments import PPM, Asset, Instrument
from handlers.exchange.market import Market
from handlers.exchange.orders import BUY, SELL, Order
from handlers.exchange.positions import Position

MAKER = "maker"
TAKER = "taker"
_RATE_SCALE = len(str(PPM)) - 1


class OrderView(NamedTuple):
    """The contract's Order. `remaining_quantity` is zero once the status is final."""

    order_id: str
    client_order_id: str
    instrument_id: str
    side: str
    type: str
    time_in_force: str
    expire_time: int | None
    quantity: str
    limit_price: str | None
    stop_price: str | None
    post_only: bool
    reduce_only: bool
    stp_mode: str
    status: str
    filled_quantity: str
    remaining_quantity: str
    average_price: str | None
    cancel_reason: str | None
    reject_code: str | None
    version: int
    created_time: int
    updated_time: int


class ExecutionView(NamedTuple):
    """The contract's Execution: one account's side of a trade."""

    execution_id: str
    order_id: str
    client_order_id: str
    instrument_id: str
    side: str
    price: str
    quantity: str
    fee: str
    fee_asset: str
    liquidity: str
    time: int
    seq: int


class BalanceView(NamedTuple):
    """The contract's Balance."""

    asset: str
    total: str
    available: str
    reserved: str
    updated_time: int


class PositionView(NamedTuple):
    """The contract's Position; the average price is None while the quantity is zero."""

    instrument_id: str
    quantity: str
    average_price: str | None
    realized_pnl: str
    updated_time: int


class InstrumentView(NamedTuple):
    """The contract's Instrument."""

    instrument_id: str
    base_asset: str
    quote_asset: str
    status: str
    price_tick: str
    quantity_step: str
    minimum_quantity: str
    minimum_notional: str
    maker_fee_rate: str
    taker_fee_rate: str


class PriceLevelView(NamedTuple):
    """One price of a book and all that is offered there."""

    price: str
    quantity: str


class BookView(NamedTuple):
    """The contract's OrderBook, best prices first; `seq` is the last event it contains."""

    instrument_id: str
    bids: tuple[PriceLevelView, ...]
    asks: tuple[PriceLevelView, ...]
    seq: int
    time: int


class TradeView(NamedTuple):
    """The contract's Trade."""

    trade_id: str
    instrument_id: str
    price: str
    quantity: str
    taker_side: str
    time: int
    seq: int


class CandleView(NamedTuple):
    """The contract's Candle."""

    start_time: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    trade_count: int


def order_view(order: Order) -> OrderView:
    """An order as it stands."""
    request, instrument = order.request, order.market.instrument
    filled = order.quantity - order.remaining
    return OrderView(
        order_id=ids.order_id(order.number),
        client_order_id=request.client_order_id,
        instrument_id=request.instrument_id,
        side=request.side,
        type=request.type,
        time_in_force=order.time_in_force,
        expire_time=order.expire_time,
        quantity=instrument.quantity_text(order.quantity),
        limit_price=None if order.limit is None else instrument.price_text(order.limit),
        stop_price=None if order.stop is None else instrument.price_text(order.stop),
        post_only=request.post_only,
        reduce_only=request.reduce_only,
        stp_mode=request.stp_mode,
        status=order.status,
        filled_quantity=instrument.quantity_text(filled),
        remaining_quantity=instrument.quantity_text(0 if order.is_final else order.remaining),
        average_price=instrument.average_text(order.value, filled) if filled else None,
        cancel_reason=order.cancel_reason,
        reject_code=order.reject_code,
        version=order.version,
        created_time=order.created,
        updated_time=order.updated,
    )


def execution_view(trade: Traded, account_id: str, instrument: Instrument) -> ExecutionView:
    """The side of a trade that belongs to an account."""
    maker = trade.maker_account_id == account_id
    other_side = SELL if trade.taker_side == BUY else BUY
    return ExecutionView(
        execution_id=ids.execution_id(trade.trade, maker=maker),
        order_id=ids.order_id(trade.maker_order if maker else trade.taker_order),
        client_order_id=trade.maker_client_order_id if maker else trade.taker_client_order_id,
        instrument_id=trade.instrument_id,
        side=other_side if maker else trade.taker_side,
        price=instrument.price_text(trade.price),
        quantity=instrument.quantity_text(trade.quantity),
        fee=money.render(trade.maker_fee if maker else trade.taker_fee, instrument.quote.scale),
        fee_asset=instrument.quote.asset,
        liquidity=MAKER if maker else TAKER,
        time=trade.time,
        seq=trade.seq,
    )


def balance_view(asset: Asset, balance: Balance) -> BalanceView:
    """A balance as it stands."""
    return BalanceView(
        asset=asset.asset,
        total=money.render(balance.available + balance.reserved, asset.scale),
        available=money.render(balance.available, asset.scale),
        reserved=money.render(balance.reserved, asset.scale),
        updated_time=balance.updated,
    )


def position_view(position: Position) -> PositionView:
    """A position as it stands."""
    instrument = position.instrument
    size = abs(position.quantity)
    return PositionView(
        instrument_id=instrument.instrument_id,
        quantity=instrument.quantity_text(position.quantity),
        average_price=instrument.average_text(position.cost, size) if size else None,
        realized_pnl=money.render(
            position.realized * instrument.unit_value, instrument.quote.scale
        ),
        updated_time=position.updated,
    )


def instrument_view(market: Market) -> InstrumentView:
    """The terms and the status of an instrument."""
    instrument = market.instrument
    return InstrumentView(
        instrument_id=instrument.instrument_id,
        base_asset=instrument.base.asset,
        quote_asset=instrument.quote.asset,
        status=market.status,
        price_tick=instrument.price_text(1),
        quantity_step=instrument.quantity_text(1),
        minimum_quantity=instrument.quantity_text(instrument.minimum_lots),
        minimum_notional=money.render(instrument.minimum_notional, instrument.quote.scale),
        maker_fee_rate=money.render(instrument.maker_ppm, _RATE_SCALE),
        taker_fee_rate=money.render(instrument.taker_ppm, _RATE_SCALE),
    )


def book_view(market: Market, depth: int, seq: int, time: int) -> BookView:
    """The best `depth` levels of both sides."""
    instrument = market.instrument
    bids, asks = (
        tuple(
            PriceLevelView(instrument.price_text(abs(key)), instrument.quantity_text(quantity))
            for key, quantity in side.depth(depth)
        )
        for side in (market.bids, market.asks)
    )
    return BookView(instrument.instrument_id, bids, asks, seq, time)


def trade_view(trade: Traded, instrument: Instrument) -> TradeView:
    """A trade as everybody may see it."""
    return TradeView(
        trade_id=ids.trade_id(trade.trade),
        instrument_id=trade.instrument_id,
        price=instrument.price_text(trade.price),
        quantity=instrument.quantity_text(trade.quantity),
        taker_side=trade.taker_side,
        time=trade.time,
        seq=trade.seq,
    )


def candle_view(candle: Candle, instrument: Instrument) -> CandleView:
    """A candle with its prices as text."""
    return CandleView(
        start_time=candle.start,
        open=instrument.price_text(candle.open),
        high=instrument.price_text(candle.high),
        low=instrument.price_text(candle.low),
        close=instrument.price_text(candle.close),
        volume=instrument.quantity_text(candle.volume),
        trade_count=candle.count,
    )
