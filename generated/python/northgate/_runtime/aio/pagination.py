"""Pages that fetch what follows them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ..call import Call
from ..errors import ConfigurationError
from ..operation import Paging

if TYPE_CHECKING:
    from .client import AsyncAPIClient

ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class AsyncPage(Generic[ItemT, BodyT]):
    """One page of a list. Iterating goes on with the following pages until there is none.

    Attributes:
        body: The answer as the contract describes it.
    """

    def __init__(self, client: AsyncAPIClient, call: Call, body: BodyT) -> None:
        self._client = client
        self._call = call
        self.body = body

    @property
    def items(self) -> list[ItemT]:
        """The items of this page only."""
        items = getattr(self.body, self._paging.items, None)
        return cast("list[ItemT]", items or [])

    @property
    def next_cursor(self) -> str | None:
        """Where the next page starts; None at the end."""
        cursor = getattr(self.body, self._paging.next_cursor, None)
        return str(cursor) if cursor is not None and cursor != "" else None

    @property
    def _paging(self) -> Paging:
        paging = self._call.operation.paging
        if paging is None:
            raise ConfigurationError(f"{self._call.operation.id} has no pages")
        return paging

    def has_next_page(self) -> bool:
        """Whether there is another page."""
        return self.next_cursor is not None

    async def next_page(self) -> AsyncPage[ItemT, BodyT]:
        """The next page.

        Raises:
            ConfigurationError: where there is none.
        """
        if self.next_cursor is None:
            raise ConfigurationError("this is the last page; ask has_next_page() first")
        return await self._client.fetch_page(self._call.at_cursor(self.next_cursor))

    async def pages(self) -> AsyncIterator[AsyncPage[ItemT, BodyT]]:
        """This page and all that follow."""
        page = self
        while True:
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return
            page = await page.next_page()
            if page.next_cursor == cursor:
                yield page
                return

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        async for page in self.pages():
            for item in page.items:
                yield item

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self.items)} items, next={self.next_cursor!r})"
