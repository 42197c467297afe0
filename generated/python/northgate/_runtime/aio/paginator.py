"""What an asynchronous list call returns: await it for a page, or iterate over all items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..call import Call
from .pagination import AsyncPage

if TYPE_CHECKING:
    from .client import AsyncAPIClient

ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class AsyncPaginator(Generic[ItemT, BodyT]):
    """`await client.orders.list()` or `async for order in client.orders.list()`."""

    def __init__(self, client: AsyncAPIClient, call: Call) -> None:
        self._client = client
        self._call = call

    def __await__(self) -> Generator[Any, None, AsyncPage[ItemT, BodyT]]:
        return self._page().__await__()

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        async for item in await self._page():
            yield item

    async def _page(self) -> AsyncPage[ItemT, BodyT]:
        return await self._client.fetch_page(self._call)


def paginate(client: AsyncAPIClient, call: Call) -> AsyncPaginator[Any, Any]:
    """Nothing is sent until the result is awaited or iterated over."""
    return AsyncPaginator(client, call)
