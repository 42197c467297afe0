"""Resource `account`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Unpack

from .._runtime.absent import NOT_GIVEN, NotGiven
from .._runtime.operation import Cost, Operation, PagedOperation, Paging, Replay
from .._runtime.resource import AsyncResource, Resource, async_raw, async_raw_pages, raw, raw_pages
from ..models.account import BalanceList, Execution, ExecutionList, PositionList, RateLimitList

if TYPE_CHECKING:
    from .._runtime.aio.client import AsyncAPIClient
    from .._runtime.aio.paginator import AsyncPaginator
    from .._runtime.request import RequestOptions
    from .._runtime.sync.client import APIClient
    from .._runtime.sync.pagination import Page

_LIST_BALANCES: Operation[BalanceList] = Operation(
    id="listBalances",
    method="GET",
    path="/v1/balances",
    returns=BalanceList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 1),
)

_LIST_POSITIONS: Operation[PositionList] = Operation(
    id="listPositions",
    method="GET",
    path="/v1/positions",
    returns=PositionList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 1),
)

_LIST_EXECUTIONS: PagedOperation[Execution, ExecutionList] = PagedOperation(
    id="listExecutions",
    method="GET",
    path="/v1/executions",
    returns=ExecutionList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 2),
    paging=Paging("cursor", "data", "next_cursor"),
)

_GET_RATE_LIMITS: Operation[RateLimitList] = Operation(
    id="getRateLimits",
    method="GET",
    path="/v1/rate-limits",
    returns=RateLimitList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("reads", 1),
)


class AccountResource(Resource):
    """Balances, positions, executions and limits of the account."""

    @property
    def with_raw_response(self) -> AccountResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return AccountResourceWithRawResponse(self._client)

    def list_balances(
        self,
        **options: Unpack[RequestOptions],
    ) -> BalanceList:
        """List balances.

        All assets, taken in one instant. Reserved amounts are held for working orders.

        Example::

            client.account.list_balances()
        """
        return self._client.call(_LIST_BALANCES, options=options)

    def list_positions(
        self,
        **options: Unpack[RequestOptions],
    ) -> PositionList:
        """List positions.

        All instruments, taken in one instant.

        Example::

            client.account.list_positions()
        """
        return self._client.call(_LIST_POSITIONS, options=options)

    def list_executions(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        order_id: str | NotGiven = NOT_GIVEN,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[Execution, ExecutionList]:
        """List executions.

        The account's side of its trades, newest first.

        Args:
            instrument_id: Only this instrument.
            order_id: Only executions of this order.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.account.list_executions()
        """
        return self._client.call_pages(
            _LIST_EXECUTIONS,
            query={
                "instrument_id": instrument_id,
                "order_id": order_id,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    def get_rate_limits(
        self,
        **options: Unpack[RequestOptions],
    ) -> RateLimitList:
        """Rate limits.

        The account's buckets and what is left in each.

        Example::

            client.account.get_rate_limits()
        """
        return self._client.call(_GET_RATE_LIMITS, options=options)


class AsyncAccountResource(AsyncResource):
    """Balances, positions, executions and limits of the account."""

    @property
    def with_raw_response(self) -> AsyncAccountResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return AsyncAccountResourceWithRawResponse(self._client)

    async def list_balances(
        self,
        **options: Unpack[RequestOptions],
    ) -> BalanceList:
        """List balances.

        All assets, taken in one instant. Reserved amounts are held for working orders.

        Example::

            await client.account.list_balances()
        """
        return await self._client.call(_LIST_BALANCES, options=options)

    async def list_positions(
        self,
        **options: Unpack[RequestOptions],
    ) -> PositionList:
        """List positions.

        All instruments, taken in one instant.

        Example::

            await client.account.list_positions()
        """
        return await self._client.call(_LIST_POSITIONS, options=options)

    def list_executions(
        self,
        *,
        instrument_id: str | NotGiven = NOT_GIVEN,
        order_id: str | NotGiven = NOT_GIVEN,
        start_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        end_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[Execution, ExecutionList]:
        """List executions.

        The account's side of its trades, newest first.

        Args:
            instrument_id: Only this instrument.
            order_id: Only executions of this order.
            start_time: Nothing before this instant.
            end_time: Only what is before this instant.
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.account.list_executions()
        """
        return self._client.call_pages(
            _LIST_EXECUTIONS,
            query={
                "instrument_id": instrument_id,
                "order_id": order_id,
                "start_time": start_time,
                "end_time": end_time,
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    async def get_rate_limits(
        self,
        **options: Unpack[RequestOptions],
    ) -> RateLimitList:
        """Rate limits.

        The account's buckets and what is left in each.

        Example::

            await client.account.get_rate_limits()
        """
        return await self._client.call(_GET_RATE_LIMITS, options=options)


class AccountResourceWithRawResponse:
    """Balances, positions, executions and limits of the account."""

    def __init__(self, client: APIClient) -> None:
        resource = AccountResource(client.answering_raw())
        self.list_balances = raw(resource.list_balances)
        self.list_positions = raw(resource.list_positions)
        self.list_executions = raw_pages(resource.list_executions)
        self.get_rate_limits = raw(resource.get_rate_limits)


class AsyncAccountResourceWithRawResponse:
    """Balances, positions, executions and limits of the account."""

    def __init__(self, client: AsyncAPIClient) -> None:
        resource = AsyncAccountResource(client.answering_raw())
        self.list_balances = async_raw(resource.list_balances)
        self.list_positions = async_raw(resource.list_positions)
        self.list_executions = async_raw_pages(resource.list_executions)
        self.get_rate_limits = async_raw(resource.get_rate_limits)
