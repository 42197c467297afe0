"""Answers that are read while they arrive: events, lines, files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from ..decode import decode_event
from ..errors import APIConnectionError
from ..headers import Headers
from ..operation import Operation
from ..sse import EventDecoder, ServerSentEvent
from ..transport_error import TransportError
from .transport import AsyncReply

T = TypeVar("T")

_DONE = "[DONE]"
"""What some servers send after the last event."""


class AsyncStream(Generic[T]):
    """The items of a streamed answer, one by one. Close it, or use it as a context manager."""

    def __init__(self, operation: Operation[T], reply: AsyncReply, *, strict: bool) -> None:
        self._operation = operation
        self._reply = reply
        self._strict = strict
        self._items = self._decode()

    @property
    def headers(self) -> Headers:
        """Header fields of the answer."""
        return self._reply.headers

    def __aiter__(self) -> AsyncIterator[T]:
        return self._items

    async def __anext__(self) -> T:
        return await self._items.__anext__()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Stop reading and free the connection."""
        await self._reply.aclose()

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """The raw events, with their names and ids."""
        decoder = EventDecoder()
        async for chunk in read(self._reply):
            for event in decoder.feed(chunk):
                yield event

    async def _decode(self) -> AsyncIterator[T]:
        media = self._reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        texts = self._event_texts() if media == "text/event-stream" else self._lines()
        async for text in texts:
            yield decode_event(self._operation, text, strict=self._strict)
        await self.aclose()

    async def _event_texts(self) -> AsyncIterator[str]:
        async for event in self.events():
            if event.data.strip() == _DONE:
                return
            yield event.data

    async def _lines(self) -> AsyncIterator[str]:
        """JSON lines: one document a line, empty lines skipped."""
        rest = b""
        async for chunk in read(self._reply):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if line.strip():
                    yield line.decode("utf-8")
        if rest.strip():
            yield rest.decode("utf-8")


class AsyncBinaryContent:
    """A file on its way. Read it whole, in chunks, or into a file; then it is closed."""

    def __init__(self, reply: AsyncReply) -> None:
        self._reply = reply

    @property
    def headers(self) -> Headers:
        """Header fields of the answer."""
        return self._reply.headers

    @property
    def content_type(self) -> str:
        """Media type, "" where the server names none."""
        return self._reply.headers.get("content-type", "")

    async def aread(self) -> bytes:
        """The whole content."""
        return b"".join([chunk async for chunk in self.aiter_bytes()])

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The content in chunks as they arrive."""
        try:
            async for chunk in read(self._reply):
                yield chunk
        finally:
            await self._reply.aclose()

    async def write_to(self, path: str | PathLike[str]) -> None:
        """Write the content into a file."""
        with Path(path).open("wb") as file:  # noqa: ASYNC230 - writes of one chunk into the page cache
            async for chunk in self.aiter_bytes():
                file.write(chunk)

    async def aclose(self) -> None:
        """Stop reading and free the connection."""
        await self._reply.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


async def read(reply: AsyncReply) -> AsyncIterator[bytes]:
    """The body of an answer, with the SDK's own error where it breaks off."""
    try:
        async for chunk in reply.aiter_bytes():
            yield chunk
    except TransportError as error:
        message = f"the answer broke off: {error}"
        raise APIConnectionError(message, outcome="unknown") from error
