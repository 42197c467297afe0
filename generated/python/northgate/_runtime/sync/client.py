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
from .exchange import Exchange
from .pagination import Page
from .paginator import Paginator, paginate
from .session import Session
from .transport import Transport

if TYPE_CHECKING:
    from .stream import BinaryContent, Stream

T = TypeVar("T")
ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class APIClient:
    """What every resource calls. Generated clients are subclasses with resources."""

    def __init__(self, config: ClientConfig, session: Session) -> None:
        self._config = config
        self._session = session
        self._raw = False

    @property
    def config(self) -> ClientConfig:
        """The settings."""
        return self._config

    @property
    def transport(self) -> Transport:
        """What sends the requests."""
        return self._session.transport

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. Clients made by `with_options` share them."""
        self._session.transport.close()

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

    def call(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and read its answer."""
        call = Call.of(operation, arguments)
        exchange, answer = self._answer(call)
        return cast("T", answer) if self._raw else self._parsed(exchange, answer)

    def call_pages(
        self, operation: PagedOperation[ItemT, BodyT], **arguments: Unpack[Arguments]
    ) -> Paginator[ItemT, BodyT]:
        """Call an operation that answers in pages."""
        return paginate(self, Call.of(operation, arguments))

    def fetch_page(self, call: Call) -> Page[Any, Any]:
        """One page of a call."""
        exchange, answer = self._answer(call)
        if self._raw:
            return cast("Page[Any, Any]", answer)
        return Page(self, call, self._parsed(exchange, answer))

    def call_stream(
        self,
        operation: Operation[T],
        **arguments: Unpack[Arguments],
    ) -> Stream[T]:
        """Call an operation that answers with a stream of items."""
        from .stream import Stream  # noqa: PLC0415 - few calls are streams

        exchange = self._exchange(Call.of(operation, arguments))
        reply = exchange.reply()
        return Stream(operation, reply, strict=self._config.strict)

    def call_binary(
        self, operation: Operation[bytes], **arguments: Unpack[Arguments]
    ) -> BinaryContent:
        """Call an operation that answers with a file."""
        from .stream import BinaryContent  # noqa: PLC0415 - few calls are files

        return BinaryContent(self._exchange(Call.of(operation, arguments)).reply())

    def _exchange(self, call: Call) -> Exchange:
        return Exchange(self._session, self._config, call)

    def _answer(self, call: Call) -> tuple[Exchange, APIResponse[Any]]:
        start = time.monotonic()
        exchange = self._exchange(call)
        head, content = exchange.answer()
        notice_lifecycle(self._session.shared, call.operation, head)
        return exchange, APIResponse(
            operation=call.operation,
            head=ResponseHead(head.status, head.headers),
            content=content,
            attempts=exchange.attempts,
            elapsed=time.monotonic() - start,
            strict=self._config.strict,
        )

    def _parsed(self, exchange: Exchange, answer: APIResponse[T]) -> T:
        try:
            return answer.parse()
        except ResponseDecodeError as error:
            found = exchange.undecodable(error)
            raise found from found.__cause__
