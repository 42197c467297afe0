"""Answers that are read while they arrive: events, lines, files."""

from __future__ import annotations

from collections.abc import Iterator
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
from .transport import Reply

T = TypeVar("T")

_DONE = "[DONE]"
"""What some servers send after the last event."""


class Stream(Generic[T]):
    """The items of a streamed answer, one by one. Close it, or use it as a context manager."""

    def __init__(self, operation: Operation[T], reply: Reply, *, strict: bool) -> None:
        self._operation = operation
        self._reply = reply
        self._strict = strict
        self._items = self._decode()

    @property
    def headers(self) -> Headers:
        """Header fields of the answer."""
        return self._reply.headers

    def __iter__(self) -> Iterator[T]:
        return self._items

    def __next__(self) -> T:
        return self._items.__next__()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading and free the connection."""
        self._reply.close()

    def events(self) -> Iterator[ServerSentEvent]:
        """The raw events, with their names and ids."""
        decoder = EventDecoder()
        for chunk in read(self._reply):
            for event in decoder.feed(chunk):
                yield event

    def _decode(self) -> Iterator[T]:
        media = self._reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        texts = self._event_texts() if media == "text/event-stream" else self._lines()
        for text in texts:
            yield decode_event(self._operation, text, strict=self._strict)
        self.close()

    def _event_texts(self) -> Iterator[str]:
        for event in self.events():
            if event.data.strip() == _DONE:
                return
            yield event.data

    def _lines(self) -> Iterator[str]:
        """JSON lines: one document a line, empty lines skipped."""
        rest = b""
        for chunk in read(self._reply):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if line.strip():
                    yield line.decode("utf-8")
        if rest.strip():
            yield rest.decode("utf-8")


class BinaryContent:
    """A file on its way. Read it whole, in chunks, or into a file; then it is closed."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    @property
    def headers(self) -> Headers:
        """Header fields of the answer."""
        return self._reply.headers

    @property
    def content_type(self) -> str:
        """Media type, "" where the server names none."""
        return self._reply.headers.get("content-type", "")

    def read(self) -> bytes:
        """The whole content."""
        return b"".join([chunk for chunk in self.iter_bytes()])

    def iter_bytes(self) -> Iterator[bytes]:
        """The content in chunks as they arrive."""
        try:
            for chunk in read(self._reply):
                yield chunk
        finally:
            self._reply.close()

    def write_to(self, path: str | PathLike[str]) -> None:
        """Write the content into a file."""
        with Path(path).open("wb") as file:  # noqa: ASYNC230 - writes of one chunk into the page cache
            for chunk in self.iter_bytes():
                file.write(chunk)

    def close(self) -> None:
        """Stop reading and free the connection."""
        self._reply.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def read(reply: Reply) -> Iterator[bytes]:
    """The body of an answer, with the SDK's own error where it breaks off."""
    try:
        for chunk in reply.iter_bytes():
            yield chunk
    except TransportError as error:
        message = f"the answer broke off: {error}"
        raise APIConnectionError(message, outcome="unknown") from error
