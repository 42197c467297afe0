"""The core of the client: one call through limits, credentials, transport and retries."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack, cast

from ..call import Arguments, Call
from ..config import ClientConfig
from ..errors import ResponseDecodeError
from ..operation import Operation, PagedOperation
from ..request import ResponseHead
from ..response import APIResponse
from ..shared import notice_lifecycle
from .exchange import AsyncExchange
from .pagination import AsyncPage
from .paginator import AsyncPaginator, paginate
from .session import AsyncSession
from .transport import AsyncTransport

if TYPE_CHECKING:
    from .stream import AsyncBinaryContent, AsyncStream

T = TypeVar("T")
ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class AsyncAPIClient:
    """What every resource calls. Generated clients are subclasses with resources."""

    def __init__(self, config: ClientConfig, session: AsyncSession) -> None:
        self._config = config
        self._session = session
        self._raw = False

    @property
    def config(self) -> ClientConfig:
        """The settings."""
        return self._config

    @property
    def transport(self) -> AsyncTransport:
        """What sends the requests."""
        return self._session.transport

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections. Clients made by `with_options` share them."""
        await self._session.transport.aclose()

    def configured(self, config: ClientConfig) -> Self:
        """A client with other settings that shares connections, limits and clock."""
        return self._copy(config, raw=self._raw)

    def answering_raw(self) -> Self:
        """A client whose calls return an `APIResponse` around the value."""
        return self._copy(self._config, raw=True)

    def _copy(self, config: ClientConfig, *, raw: bool) -> Self:
        copy = object.__new__(type(self))
        copy._config = config
        copy._session = self._session
        copy._raw = raw
        return copy

    async def call(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and read its answer."""
        call = Call.of(operation, arguments)
        exchange, answer = await self._answer(call)
        return cast("T", answer) if self._raw else self._parsed(exchange, answer)

    def call_pages(
        self, operation: PagedOperation[ItemT, BodyT], **arguments: Unpack[Arguments]
    ) -> AsyncPaginator[ItemT, BodyT]:
        """Call an operation that answers in pages."""
        return paginate(self, Call.of(operation, arguments))

    async def fetch_page(self, call: Call) -> AsyncPage[Any, Any]:
        """One page of a call."""
        exchange, answer = await self._answer(call)
        if self._raw:
            return cast("AsyncPage[Any, Any]", answer)
        return AsyncPage(self, call, self._parsed(exchange, answer))

    async def call_stream(
        self,
        operation: Operation[T],
        **arguments: Unpack[Arguments],
    ) -> AsyncStream[T]:
        """Call an operation that answers with a stream of items."""
        from .stream import AsyncStream  # noqa: PLC0415 - few calls are streams

        exchange = self._exchange(Call.of(operation, arguments))
        reply = await exchange.reply()
        return AsyncStream(operation, reply, strict=self._config.strict)

    async def call_binary(
        self, operation: Operation[bytes], **arguments: Unpack[Arguments]
    ) -> AsyncBinaryContent:
        """Call an operation that answers with a file."""
        from .stream import AsyncBinaryContent  # noqa: PLC0415 - few calls are files

        return AsyncBinaryContent(await self._exchange(Call.of(operation, arguments)).reply())

    def _exchange(self, call: Call) -> AsyncExchange:
        return AsyncExchange(self._session, self._config, call)

    async def _answer(self, call: Call) -> tuple[AsyncExchange, APIResponse[Any]]:
        start = time.monotonic()
        exchange = self._exchange(call)
        head, content = await exchange.answer()
        notice_lifecycle(self._session.shared, call.operation, head)
        return exchange, APIResponse(
            operation=call.operation,
            head=ResponseHead(head.status, head.headers),
            content=content,
            attempts=exchange.attempts,
            elapsed=time.monotonic() - start,
            strict=self._config.strict,
        )

    def _parsed(self, exchange: AsyncExchange, answer: APIResponse[T]) -> T:
        try:
            return answer.parse()
        except ResponseDecodeError as error:
            found = exchange.undecodable(error)
            raise found from found.__cause__
