"""Market data: what everybody may see."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from generated.server import Context, models
from handlers import translate
from handlers.clock import Clock
from handlers.core import TradingCore
from handlers.pages import page_by_name, window
from handlers.refusals import refusals


class MarketData:
    """Implements the operations of the tag `market_data`."""

    def __init__(self, engine: TradingCore, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def get_time(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
    ) -> models.ServerTime:
        """The clock that signatures are judged by."""
        return models.ServerTime(time=translate.instant(self._clock()))

    async def get_status(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
    ) -> models.ServiceStatus:
        """Whether the venue takes orders."""
        status, message = _status(self._engine)
        return models.ServiceStatus(
            status=status, message=message, time=translate.instant(self._clock())
        )

    async def list_instruments(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
        *,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.InstrumentList:
        """What trades here, by id."""
        instruments = self._engine.exchange.instruments()
        with refusals("/query"):
            found = page_by_name(instruments, lambda each: each.instrument_id, cursor, limit)
        return translate.page(
            models.InstrumentList, found, partial(translate.model, models.Instrument)
        )

    async def get_order_book(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
        instrument_id: str,
        *,
        depth: int = 50,
    ) -> models.OrderBook:
        """Both sides by price level."""
        with refusals("/path"):
            book = self._engine.exchange.book(instrument_id, depth)
        bids, asks = (
            [translate.model(models.PriceLevel, level) for level in side]
            for side in (book.bids, book.asks)
        )
        return translate.model(models.OrderBook, book, bids=bids, asks=asks)

    async def list_trades(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
        instrument_id: str,
        *,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.TradeList:
        """Public trades, newest first."""
        self._require(instrument_id)
        with refusals("/query"):
            found = self._engine.exchange.trades(
                instrument_id, window(cursor, limit, start_time, end_time)
            )
        return translate.page(models.TradeList, found, partial(translate.model, models.Trade))

    async def list_candles(
        self,
        context: Context,  # noqa: ARG002 - the Protocol's; public data is the same for everyone
        instrument_id: str,
        *,
        interval: str,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.CandleList:
        """Candles, newest first."""
        self._require(instrument_id)
        with refusals("/query"):
            found = self._engine.exchange.candles(
                instrument_id, interval, window(cursor, limit, start_time, end_time)
            )
        return translate.page(models.CandleList, found, partial(translate.model, models.Candle))

    def _require(self, instrument_id: str) -> None:
        with refusals("/path"):
            self._engine.exchange.instrument(instrument_id)


def _status(engine: TradingCore) -> tuple[str, str | None]:
    """The venue's status, and what to say about it."""
    if not engine.is_ready:
        return "maintenance", "The matching core is not running."
    if silent := engine.silent:
        names = ", ".join(sorted(name for listed in silent.values() for name in listed))
        return "degraded", f"No orders are taken in {names}."
    return "operational", None
