"""Resource `orders`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from .._runtime import codecs
from .._runtime.absent import NOT_GIVEN, NotGiven
from .._runtime.decimals import DecimalInput
from .._runtime.operation import Cost, Idempotency, Operation, PagedOperation, Paging, Replay
from .._runtime.resource import AsyncResource, Resource, async_raw, async_raw_pages, raw, raw_pages
from ..models.orders import (
    CancelAfter,
    CanceledOrders,
    Order,
    OrderBatchResult,
    OrderList,
    PlacedOrder,
)

if TYPE_CHECKING:
    from .._runtime.aio.client import AsyncAPIClient
    from .._runtime.aio.paginator import AsyncPaginator
    from .._runtime.request import RequestOptions
    from .._runtime.sync.client import APIClient
    from .._runtime.sync.pagination import Page
    from ..models.orders import (
        NewOrderSide,
        NewOrderStpMode,
        NewOrderTimeInForce,
        NewOrderType,
        OrderStatusFilter,
    )
    from ..params.orders import NewOrderParams

_LIST: PagedOperation[Order, OrderList] = PagedOperation(
    id="listOrders",
    method="GET",
    path="/v1/orders",
    returns=OrderList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 2),
    paging=Paging("cursor", "data", "next_cursor"),
)

_GET_BY_CLIENT_ID: Operation[Order] = Operation(
    id="getOrderByClientId",
    method="GET",
    path="/v1/orders/by-client-id/{client_order_id}",
    returns=Order,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 1),
)

_CREATE: Operation[PlacedOrder] = Operation(
    id="createOrder",
    method="POST",
    path="/v1/orders",
    returns=PlacedOrder,
    content_type="application/json",
    body_codec={
        "quantity": codecs.decimal,
        "limit_price": codecs.decimal,
        "stop_price": codecs.decimal,
    },
    security=(("signature",),),
    replay=Replay.KEYED,
    idempotency=Idempotency("client_order_id", "body"),
    lookup=(_GET_BY_CLIENT_ID, "client_order_id"),
    cost=Cost("orders", 1),
)

_CANCEL_ALL: Operation[CanceledOrders] = Operation(
    id="cancelOrders",
    method="DELETE",
    path="/v1/orders",
    returns=CanceledOrders,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("cancels", 10),
)

_CREATE_BATCH: Operation[OrderBatchResult] = Operation(
    id="createOrderBatch",
    method="POST",
    path="/v1/orders/batch",
    returns=OrderBatchResult,
    content_type="application/json",
    body_codec={
        "orders": [
            {
                "quantity": codecs.decimal,
                "limit_price": codecs.decimal,
                "stop_price": codecs.decimal,
            },
        ],
    },
    security=(("signature",),),
    replay=Replay.KEYED,
    idempotency=Idempotency("orders", "body"),
    cost=Cost("orders", 10),
)

_GET: Operation[Order] = Operation(
    id="getOrder",
    method="GET",
    path="/v1/orders/{order_id}",
    returns=Order,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 1),
)

_AMEND: Operation[Order] = Operation(
    id="amendOrder",
    method="PATCH",
    path="/v1/orders/{order_id}",
    returns=Order,
    content_type="application/json",
    body_codec={
        "quantity": codecs.decimal,
        "limit_price": codecs.decimal,
        "stop_price": codecs.decimal,
    },
    security=(("signature",),),
    cost=Cost("orders", 1),
)

_CANCEL: Operation[Order] = Operation(
    id="cancelOrder",
    method="DELETE",
    path="/v1/orders/{order_id}",
    returns=Order,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("cancels", 1),
)

_SET_CANCEL_AFTER: Operation[CancelAfter] = Operation(
    id="setCancelAfter",
    method="PUT",
    path="/v1/cancel-after",
    returns=CancelAfter,
    content_type="application/json",
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("cancels", 1),
)


class OrdersResource(Resource):
    """Place, look up, amend and cancel orders."""

    @property
    def with_raw_response(self) -> OrdersResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return OrdersResourceWithRawResponse(self._client)

    def list(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        status: OrderStatusFilter | NotGiven = NOT_GIVEN,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[Order, OrderList]:
        """List orders.

        The account's orders, newest first, by the time they were created.

        Args:
            instrument_id: Only this instrument.
            status: Only orders of this status.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.orders.list()
        """
        return self._client.call_pages(
            _LIST,
            query={
                "instrument_id": instrument_id,
                "status": status,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    def create(
        self,
        *,
        client_order_id: str,
        instrument_id: str,
        side: NewOrderSide,
        type: NewOrderType,
        quantity: DecimalInput,
        dry_run: bool | NotGiven = NOT_GIVEN,
        time_in_force: NewOrderTimeInForce | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        limit_price: DecimalInput | NotGiven = NOT_GIVEN,
        stop_price: DecimalInput | NotGiven = NOT_GIVEN,
        post_only: bool | NotGiven = NOT_GIVEN,
        reduce_only: bool | NotGiven = NOT_GIVEN,
        stp_mode: NewOrderStpMode | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> PlacedOrder:
        """Place an order.

        The order is on disk before it is acknowledged. The `expires` of the signature is enforced
        again at the matching core: an order that reaches it later is refused, never placed late.

        Args:
            client_order_id: Your name of an order, unique per account for at least 30 days,
                whatever became of the order. It makes a retry safe and finds the order after a
                timeout.
                It may not begin with a dot, because it is also a path segment.
            instrument_id: Base and quote asset, joined by a hyphen.
            side: Buy or sell the base asset.
            type: `market` takes what the book offers; `limit` trades at `limit_price` or better;
                `stop` and `stop_limit` wait until a trade reaches `stop_price`, then become
                `market`
                and `limit`.
            quantity: Units of the base asset, as a decimal string without exponent. Orders name
                quantities on the instrument's `quantity_step`.
            dry_run: Make every check, then place nothing. The answer is the order as it would have
                been accepted, under an `order_id` that is not kept.
            time_in_force: Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`.
            expire_time: When a `gtd` order ends. Required with `gtd`, refused with anything else.
            limit_price: The worst acceptable price. Required for `limit` and `stop_limit`, refused
                for the others.
            stop_price: The order wakes when a trade reaches this price: at or above it for a buy,
                at or below it for a sell. Required for `stop` and `stop_limit`, refused for the
                others.
            post_only: Refuse the order (422 `post_only_would_cross`) rather than trade at once.
            reduce_only: Only bring the position nearer to zero; refused if there is none to reduce.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            InstrumentNotFoundError: 404: `instrument_not_found`.
            ClientOrderIdConflictError: 409: `client_order_id_conflict`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            PriceOffTickError: 422: `price_off_tick`.
            QuantityOffStepError: 422: `quantity_off_step`.
            BelowMinimumError: 422: `below_minimum`.
            InsufficientBalanceError: 422: `insufficient_balance`.
            PostOnlyWouldCrossError: 422: `post_only_would_cross`.
            ReduceOnlyViolationError: 422: `reduce_only_violation`.
            SelfTradePreventedError: 422: `self_trade_prevented`.
            InstrumentNotOpenError: 422: `instrument_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.create(
                client_order_id="arb-20261122-0001",
                instrument_id="BTC-USD",
                side="buy",
                type="limit",
                quantity="0.25",
                time_in_force="gtc",
                limit_price="60000.10",
            )
        """
        return self._client.call(
            _CREATE,
            query={"dry_run": dry_run},
            body={
                "client_order_id": client_order_id,
                "instrument_id": instrument_id,
                "side": side,
                "type": type,
                "quantity": quantity,
                "time_in_force": time_in_force,
                "expire_time": expire_time,
                "limit_price": limit_price,
                "stop_price": stop_price,
                "post_only": post_only,
                "reduce_only": reduce_only,
                "stp_mode": stp_mode,
            },
            options=options,
        )

    def cancel_all(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> CanceledOrders:
        """Cancel all orders.

        All working orders of the account, or of one instrument. Safe to repeat.

        Args:
            instrument_id: Only this instrument.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.cancel_all()
        """
        return self._client.call(
            _CANCEL_ALL,
            query={"instrument_id": instrument_id},
            options=options,
        )

    def create_batch(
        self,
        *,
        orders: Sequence[NewOrderParams],
        **options: Unpack[RequestOptions],
    ) -> OrderBatchResult:
        """Place up to 20 orders.

        One after the other, each by itself: one may be refused while the others are placed. Safe to
        repeat, because each order has its `client_order_id`.

        Args:
            orders: Placed one after the other, in this order. Not atomic.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.create_batch(
                orders=[{"client_order_id": "arb-20261122-0004", "instrument_id": "BTC-USD", "side":
                "buy", "type": "limit", "quantity": "0.25", "limit_price": "60000.10"},
                {"client_order_id": "arb-20261122-0005", "instrument_id": "BTC-USD", "side": "buy",
                "type": "limit", "quantity": "0.25", "limit_price": "60000.101"}],
            )
        """
        return self._client.call(
            _CREATE_BATCH,
            body={"orders": orders},
            options=options,
        )

    def get_by_client_id(
        self,
        *,
        client_order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Get an order by your name of it.

        Linearizable: an order that was acknowledged before this request began is found.

        Args:
            client_order_id: Your name of the order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.

        Example::

            client.orders.get_by_client_id(client_order_id="arb-20261122-0001")
        """
        return self._client.call(
            _GET_BY_CLIENT_ID,
            path={"client_order_id": client_order_id},
            options=options,
        )

    def get(
        self,
        *,
        order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Get an order.

        Orders stay for at least 30 days after they ended.

        Args:
            order_id: The order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.

        Example::

            client.orders.get(order_id="ord_0000000000000001")
        """
        return self._client.call(
            _GET,
            path={"order_id": order_id},
            options=options,
        )

    def amend(
        self,
        *,
        order_id: str,
        expected_version: int,
        quantity: DecimalInput | NotGiven = NOT_GIVEN,
        limit_price: DecimalInput | NotGiven = NOT_GIVEN,
        stop_price: DecimalInput | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Amend an order.

        Changes a working order in one step. A smaller quantity keeps the order's place in the
        queue, anything else moves it to the end.

        Args:
            order_id: The order.
            expected_version: The `version` that you decided upon; 409 `version_conflict` if it has
                moved on.
            quantity: The new total quantity, filled part included.
            limit_price: Quote asset per one unit of the base asset, as a decimal string without
                exponent. Orders name prices on the instrument's `price_tick`.
            stop_price: Quote asset per one unit of the base asset, as a decimal string without
                exponent. Orders name prices on the instrument's `price_tick`.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            OrderNotFoundError: 404: `order_not_found`.
            VersionConflictError: 409: `version_conflict`.
            OrderNotOpenError: 409: `order_not_open`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            PriceOffTickError: 422: `price_off_tick`.
            QuantityOffStepError: 422: `quantity_off_step`.
            BelowMinimumError: 422: `below_minimum`.
            InsufficientBalanceError: 422: `insufficient_balance`.
            PostOnlyWouldCrossError: 422: `post_only_would_cross`.
            ReduceOnlyViolationError: 422: `reduce_only_violation`.
            SelfTradePreventedError: 422: `self_trade_prevented`.
            InstrumentNotOpenError: 422: `instrument_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.amend(order_id="ord_0000000000000001", expected_version=1, quantity="0.2")
        """
        return self._client.call(
            _AMEND,
            path={"order_id": order_id},
            body={
                "expected_version": expected_version,
                "quantity": quantity,
                "limit_price": limit_price,
                "stop_price": stop_price,
            },
            options=options,
        )

    def cancel(
        self,
        *,
        order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Cancel an order.

        Safe to repeat: a canceled order answers 200 again. An order that ended otherwise answers
        409.

        Args:
            order_id: The order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.
            OrderNotOpenError: 409: `order_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.cancel(order_id="ord_0000000000000001")
        """
        return self._client.call(
            _CANCEL,
            path={"order_id": order_id},
            options=options,
        )

    def set_cancel_after(
        self,
        *,
        timeout_ms: int,
        **options: Unpack[RequestOptions],
    ) -> CancelAfter:
        """Set the dead-man switch.

        Cancels all working orders of the account when `timeout_ms` pass without another call. Call
        it every few seconds; a lost connection then leaves nothing in the book.

        Args:
            timeout_ms: Milliseconds from now until all working orders of the account are canceled,
                unless you call again before. 0 switches it off.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            client.orders.set_cancel_after(timeout_ms=10000)
        """
        return self._client.call(
            _SET_CANCEL_AFTER,
            body={"timeout_ms": timeout_ms},
            options=options,
        )


class AsyncOrdersResource(AsyncResource):
    """Place, look up, amend and cancel orders."""

    @property
    def with_raw_response(self) -> AsyncOrdersResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return AsyncOrdersResourceWithRawResponse(self._client)

    def list(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        status: OrderStatusFilter | NotGiven = NOT_GIVEN,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[Order, OrderList]:
        """List orders.

        The account's orders, newest first, by the time they were created.

        Args:
            instrument_id: Only this instrument.
            status: Only orders of this status.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.orders.list()
        """
        return self._client.call_pages(
            _LIST,
            query={
                "instrument_id": instrument_id,
                "status": status,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    async def create(
        self,
        *,
        client_order_id: str,
        instrument_id: str,
        side: NewOrderSide,
        type: NewOrderType,
        quantity: DecimalInput,
        dry_run: bool | NotGiven = NOT_GIVEN,
        time_in_force: NewOrderTimeInForce | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        limit_price: DecimalInput | NotGiven = NOT_GIVEN,
        stop_price: DecimalInput | NotGiven = NOT_GIVEN,
        post_only: bool | NotGiven = NOT_GIVEN,
        reduce_only: bool | NotGiven = NOT_GIVEN,
        stp_mode: NewOrderStpMode | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> PlacedOrder:
        """Place an order.

        The order is on disk before it is acknowledged. The `expires` of the signature is enforced
        again at the matching core: an order that reaches it later is refused, never placed late.

        Args:
            client_order_id: Your name of an order, unique per account for at least 30 days,
                whatever became of the order. It makes a retry safe and finds the order after a
                timeout.
                It may not begin with a dot, because it is also a path segment.
            instrument_id: Base and quote asset, joined by a hyphen.
            side: Buy or sell the base asset.
            type: `market` takes what the book offers; `limit` trades at `limit_price` or better;
                `stop` and `stop_limit` wait until a trade reaches `stop_price`, then become
                `market`
                and `limit`.
            quantity: Units of the base asset, as a decimal string without exponent. Orders name
                quantities on the instrument's `quantity_step`.
            dry_run: Make every check, then place nothing. The answer is the order as it would have
                been accepted, under an `order_id` that is not kept.
            time_in_force: Default `gtc`; a market order is always `ioc` or `fok`, by default `ioc`.
            expire_time: When a `gtd` order ends. Required with `gtd`, refused with anything else.
            limit_price: The worst acceptable price. Required for `limit` and `stop_limit`, refused
                for the others.
            stop_price: The order wakes when a trade reaches this price: at or above it for a buy,
                at or below it for a sell. Required for `stop` and `stop_limit`, refused for the
                others.
            post_only: Refuse the order (422 `post_only_would_cross`) rather than trade at once.
            reduce_only: Only bring the position nearer to zero; refused if there is none to reduce.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            InstrumentNotFoundError: 404: `instrument_not_found`.
            ClientOrderIdConflictError: 409: `client_order_id_conflict`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            PriceOffTickError: 422: `price_off_tick`.
            QuantityOffStepError: 422: `quantity_off_step`.
            BelowMinimumError: 422: `below_minimum`.
            InsufficientBalanceError: 422: `insufficient_balance`.
            PostOnlyWouldCrossError: 422: `post_only_would_cross`.
            ReduceOnlyViolationError: 422: `reduce_only_violation`.
            SelfTradePreventedError: 422: `self_trade_prevented`.
            InstrumentNotOpenError: 422: `instrument_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.create(
                client_order_id="arb-20261122-0001",
                instrument_id="BTC-USD",
                side="buy",
                type="limit",
                quantity="0.25",
                time_in_force="gtc",
                limit_price="60000.10",
            )
        """
        return await self._client.call(
            _CREATE,
            query={"dry_run": dry_run},
            body={
                "client_order_id": client_order_id,
                "instrument_id": instrument_id,
                "side": side,
                "type": type,
                "quantity": quantity,
                "time_in_force": time_in_force,
                "expire_time": expire_time,
                "limit_price": limit_price,
                "stop_price": stop_price,
                "post_only": post_only,
                "reduce_only": reduce_only,
                "stp_mode": stp_mode,
            },
            options=options,
        )

    async def cancel_all(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> CanceledOrders:
        """Cancel all orders.

        All working orders of the account, or of one instrument. Safe to repeat.

        Args:
            instrument_id: Only this instrument.

        Raises:
            InstrumentNotFoundError: 404: `instrument_not_found`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.cancel_all()
        """
        return await self._client.call(
            _CANCEL_ALL,
            query={"instrument_id": instrument_id},
            options=options,
        )

    async def create_batch(
        self,
        *,
        orders: Sequence[NewOrderParams],
        **options: Unpack[RequestOptions],
    ) -> OrderBatchResult:
        """Place up to 20 orders.

        One after the other, each by itself: one may be refused while the others are placed. Safe to
        repeat, because each order has its `client_order_id`.

        Args:
            orders: Placed one after the other, in this order. Not atomic.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.create_batch(
                orders=[{"client_order_id": "arb-20261122-0004", "instrument_id": "BTC-USD", "side":
                "buy", "type": "limit", "quantity": "0.25", "limit_price": "60000.10"},
                {"client_order_id": "arb-20261122-0005", "instrument_id": "BTC-USD", "side": "buy",
                "type": "limit", "quantity": "0.25", "limit_price": "60000.101"}],
            )
        """
        return await self._client.call(
            _CREATE_BATCH,
            body={"orders": orders},
            options=options,
        )

    async def get_by_client_id(
        self,
        *,
        client_order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Get an order by your name of it.

        Linearizable: an order that was acknowledged before this request began is found.

        Args:
            client_order_id: Your name of the order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.

        Example::

            await client.orders.get_by_client_id(client_order_id="arb-20261122-0001")
        """
        return await self._client.call(
            _GET_BY_CLIENT_ID,
            path={"client_order_id": client_order_id},
            options=options,
        )

    async def get(
        self,
        *,
        order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Get an order.

        Orders stay for at least 30 days after they ended.

        Args:
            order_id: The order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.

        Example::

            await client.orders.get(order_id="ord_0000000000000001")
        """
        return await self._client.call(
            _GET,
            path={"order_id": order_id},
            options=options,
        )

    async def amend(
        self,
        *,
        order_id: str,
        expected_version: int,
        quantity: DecimalInput | NotGiven = NOT_GIVEN,
        limit_price: DecimalInput | NotGiven = NOT_GIVEN,
        stop_price: DecimalInput | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Amend an order.

        Changes a working order in one step. A smaller quantity keeps the order's place in the
        queue, anything else moves it to the end.

        Args:
            order_id: The order.
            expected_version: The `version` that you decided upon; 409 `version_conflict` if it has
                moved on.
            quantity: The new total quantity, filled part included.
            limit_price: Quote asset per one unit of the base asset, as a decimal string without
                exponent. Orders name prices on the instrument's `price_tick`.
            stop_price: Quote asset per one unit of the base asset, as a decimal string without
                exponent. Orders name prices on the instrument's `price_tick`.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            OrderNotFoundError: 404: `order_not_found`.
            VersionConflictError: 409: `version_conflict`.
            OrderNotOpenError: 409: `order_not_open`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            PriceOffTickError: 422: `price_off_tick`.
            QuantityOffStepError: 422: `quantity_off_step`.
            BelowMinimumError: 422: `below_minimum`.
            InsufficientBalanceError: 422: `insufficient_balance`.
            PostOnlyWouldCrossError: 422: `post_only_would_cross`.
            ReduceOnlyViolationError: 422: `reduce_only_violation`.
            SelfTradePreventedError: 422: `self_trade_prevented`.
            InstrumentNotOpenError: 422: `instrument_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.amend(order_id="ord_0000000000000001", expected_version=1,
            quantity="0.2")
        """
        return await self._client.call(
            _AMEND,
            path={"order_id": order_id},
            body={
                "expected_version": expected_version,
                "quantity": quantity,
                "limit_price": limit_price,
                "stop_price": stop_price,
            },
            options=options,
        )

    async def cancel(
        self,
        *,
        order_id: str,
        **options: Unpack[RequestOptions],
    ) -> Order:
        """Cancel an order.

        Safe to repeat: a canceled order answers 200 again. An order that ended otherwise answers
        409.

        Args:
            order_id: The order.

        Raises:
            OrderNotFoundError: 404: `order_not_found`.
            OrderNotOpenError: 409: `order_not_open`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.cancel(order_id="ord_0000000000000001")
        """
        return await self._client.call(
            _CANCEL,
            path={"order_id": order_id},
            options=options,
        )

    async def set_cancel_after(
        self,
        *,
        timeout_ms: int,
        **options: Unpack[RequestOptions],
    ) -> CancelAfter:
        """Set the dead-man switch.

        Cancels all working orders of the account when `timeout_ms` pass without another call. Call
        it every few seconds; a lost connection then leaves nothing in the book.

        Args:
            timeout_ms: Milliseconds from now until all working orders of the account are canceled,
                unless you call again before. 0 switches it off.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            TimeoutUnknownError: 504: `timeout_unknown`.

        Example::

            await client.orders.set_cancel_after(timeout_ms=10000)
        """
        return await self._client.call(
            _SET_CANCEL_AFTER,
            body={"timeout_ms": timeout_ms},
            options=options,
        )


class OrdersResourceWithRawResponse:
    """Place, look up, amend and cancel orders."""

    def __init__(self, client: APIClient) -> None:
        resource = OrdersResource(client.answering_raw())
        self.list = raw_pages(resource.list)
        self.create = raw(resource.create)
        self.cancel_all = raw(resource.cancel_all)
        self.create_batch = raw(resource.create_batch)
        self.get_by_client_id = raw(resource.get_by_client_id)
        self.get = raw(resource.get)
        self.amend = raw(resource.amend)
        self.cancel = raw(resource.cancel)
        self.set_cancel_after = raw(resource.set_cancel_after)


class AsyncOrdersResourceWithRawResponse:
    """Place, look up, amend and cancel orders."""

    def __init__(self, client: AsyncAPIClient) -> None:
        resource = AsyncOrdersResource(client.answering_raw())
        self.list = async_raw_pages(resource.list)
        self.create = async_raw(resource.create)
        self.cancel_all = async_raw(resource.cancel_all)
        self.create_batch = async_raw(resource.create_batch)
        self.get_by_client_id = async_raw(resource.get_by_client_id)
        self.get = async_raw(resource.get)
        self.amend = async_raw(resource.amend)
        self.cancel = async_raw(resource.cancel)
        self.set_cancel_after = async_raw(resource.set_cancel_after)
