"""Resource `market_data`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Unpack

from .._runtime.absent import NOT_GIVEN, NotGiven
from .._runtime.operation import Cost, Operation, PagedOperation, Paging, Replay
from .._runtime.resource import AsyncResource, Resource, async_raw, async_raw_pages, raw, raw_pages
from ..models.market_data import (
    Candle,
    CandleList,
    Instrument,
    InstrumentList,
    OrderBook,
    ServerTime,
    ServiceStatus,
    Trade,
    TradeList,
)

if TYPE_CHECKING:
    from .._runtime.aio.client import AsyncAPIClient
    from .._runtime.aio.paginator import AsyncPaginator
    from .._runtime.request import RequestOptions
    from .._runtime.sync.client import APIClient
    from .._runtime.sync.pagination import Page
    from ..models.market_data import CandleInterval

_GET_TIME: Operation[ServerTime] = Operation(
    id="getServerTime",
    method="GET",
    path="/v1/time",
    returns=ServerTime,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
)

_GET_STATUS: Operation[ServiceStatus] = Operation(
    id="getStatus",
    method="GET",
    path="/v1/status",
    returns=ServiceStatus,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
)

_LIST_INSTRUMENTS: PagedOperation[Instrument, InstrumentList] = PagedOperation(
    id="listInstruments",
    method="GET",
    path="/v1/instruments",
    returns=InstrumentList,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
    paging=Paging("cursor", "data", "next_cursor"),
)

_GET_ORDER_BOOK: Operation[OrderBook] = Operation(
    id="getOrderBook",
    method="GET",
    path="/v1/instruments/{instrument_id}/book",
    returns=OrderBook,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
)

_LIST_TRADES: PagedOperation[Trade, TradeList] = PagedOperation(
    id="listTrades",
    method="GET",
    path="/v1/instruments/{instrument_id}/trades",
    returns=TradeList,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
    paging=Paging("cursor", "data", "next_cursor"),
)

_LIST_CANDLES: PagedOperation[Candle, CandleList] = PagedOperation(
    id="listCandles",
    method="GET",
    path="/v1/instruments/{instrument_id}/candles",
    returns=CandleList,
    replay=Replay.SAFE,
    cost=Cost("public", 1),
    paging=Paging("cursor", "data", "next_cursor"),
)


class MarketDataResource(Resource):
    """What everybody may see."""

    @property
    def with_raw_response(self) -> MarketDataResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return MarketDataResourceWithRawResponse(self._client)

    def get_time(
        self,
        **options: Unpack[RequestOptions],
    ) -> ServerTime:
        """Server time.

        The clock that signature windows are judged by. Use it to correct yours.

        Example::

            client.market_data.get_time()
        """
        return self._client.call(_GET_TIME, options=options)

    def get_status(
        self,
        **options: Unpack[RequestOptions],
    ) -> ServiceStatus:
        """Venue status.

        Whether the venue takes orders. Per-instrument halts stand in the instruments.

        Example::

            client.market_data.get_status()
        """
        return self._client.call(_GET_STATUS, options=options)

    def list_instruments(
        self,
        *,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[Instrument, InstrumentList]:
        """List instruments.

        What trades here and by which rules, in the order of their ids.

        Args:
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.market_data.list_instruments()
        """
        return self._client.call_pages(
            _LIST_INSTRUMENTS,
            query={"cursor": cursor, "limit": limit},
            options=options,
        )

    def get_order_book(
        self,
        *,
        instrument_id: str,
        depth: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> OrderBook:
        """Order book.

        Both sides by price level, best first, taken in one instant.

        Args:
            instrument_id: The instrument.
            depth: The most price levels per side.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            client.market_data.get_order_book(instrument_id="BTC-USD")
        """
        return self._client.call(
            _GET_ORDER_BOOK,
            path={"instrument_id": instrument_id},
            query={"depth": depth},
            options=options,
        )

    def list_trades(
        self,
        *,
        instrument_id: str,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[Trade, TradeList]:
        """List public trades.

        Newest first.

        Args:
            instrument_id: The instrument.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            client.market_data.list_trades(instrument_id="BTC-USD")
        """
        return self._client.call_pages(
            _LIST_TRADES,
            path={"instrument_id": instrument_id},
            query={
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    def list_candles(
        self,
        *,
        instrument_id: str,
        interval: CandleInterval,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[Candle, CandleList]:
        """List candles.

        Newest first; the newest may still be growing. Intervals without a trade are left out.

        Args:
            instrument_id: The instrument.
            interval: Length of each candle.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            client.market_data.list_candles(instrument_id="BTC-USD", interval="1m")
        """
        return self._client.call_pages(
            _LIST_CANDLES,
            path={"instrument_id": instrument_id},
            query={
                "interval": interval,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )


class AsyncMarketDataResource(AsyncResource):
    """What everybody may see."""

    @property
    def with_raw_response(self) -> AsyncMarketDataResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return AsyncMarketDataResourceWithRawResponse(self._client)

    async def get_time(
        self,
        **options: Unpack[RequestOptions],
    ) -> ServerTime:
        """Server time.

        The clock that signature windows are judged by. Use it to correct yours.

        Example::

            await client.market_data.get_time()
        """
        return await self._client.call(_GET_TIME, options=options)

    async def get_status(
        self,
        **options: Unpack[RequestOptions],
    ) -> ServiceStatus:
        """Venue status.

        Whether the venue takes orders. Per-instrument halts stand in the instruments.

        Example::

            await client.market_data.get_status()
        """
        return await self._client.call(_GET_STATUS, options=options)

    def list_instruments(
        self,
        *,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[Instrument, InstrumentList]:
        """List instruments.

        What trades here and by which rules, in the order of their ids.

        Args:
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.market_data.list_instruments()
        """
        return self._client.call_pages(
            _LIST_INSTRUMENTS,
            query={"cursor": cursor, "limit": limit},
            options=options,
        )

    async def get_order_book(
        self,
        *,
        instrument_id: str,
        depth: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> OrderBook:
        """Order book.

        Both sides by price level, best first, taken in one instant.

        Args:
            instrument_id: The instrument.
            depth: The most price levels per side.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            await client.market_data.get_order_book(instrument_id="BTC-USD")
        """
        return await self._client.call(
            _GET_ORDER_BOOK,
            path={"instrument_id": instrument_id},
            query={"depth": depth},
            options=options,
        )

    def list_trades(
        self,
        *,
        instrument_id: str,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[Trade, TradeList]:
        """List public trades.

        Newest first.

        Args:
            instrument_id: The instrument.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            client.market_data.list_trades(instrument_id="BTC-USD")
        """
        return self._client.call_pages(
            _LIST_TRADES,
            path={"instrument_id": instrument_id},
            query={
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    def list_candles(
        self,
        *,
        instrument_id: str,
        interval: CandleInterval,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[Candle, CandleList]:
        """List candles.

        Newest first; the newest may still be growing. Intervals without a trade are left out.

        Args:
            instrument_id: The instrument.
            interval: Length of each candle.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.

        Example::

            client.market_data.list_candles(instrument_id="BTC-USD", interval="1m")
        """
        return self._client.call_pages(
            _LIST_CANDLES,
            path={"instrument_id": instrument_id},
            query={
                "interval": interval,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )


class MarketDataResourceWithRawResponse:
    """What everybody may see."""

    def __init__(self, client: APIClient) -> None:
        resource = MarketDataResource(client.answering_raw())
        self.get_time = raw(resource.get_time)
        self.get_status = raw(resource.get_status)
        self.list_instruments = raw_pages(resource.list_instruments)
        self.get_order_book = raw(resource.get_order_book)
        self.list_trades = raw_pages(resource.list_trades)
        self.list_candles = raw_pages(resource.list_candles)


class AsyncMarketDataResourceWithRawResponse:
    """What everybody may see."""

    def __init__(self, client: AsyncAPIClient) -> None:
        resource = AsyncMarketDataResource(client.answering_raw())
        self.get_time = async_raw(resource.get_time)
        self.get_status = async_raw(resource.get_status)
        self.list_instruments = async_raw_pages(resource.list_instruments)
        self.get_order_book = async_raw(resource.get_order_book)
        self.list_trades = async_raw_pages(resource.list_trades)
        self.list_candles = async_raw_pages(resource.list_candles)
