"""Server-sent events (WHATWG HTML, section 9.2) from a stream of bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event; `event` is `message` where the stream names none."""

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventDecoder:
    """Feeds on chunks of bytes, yields complete events."""

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that this chunk completes."""
        self._rest += self._text.decode(chunk)
        while (line := self._line()) is not None:
            event = self._take(line)
            if event is not None:
                yield event

    def _line(self) -> str | None:
        """The next whole line. A CR at the very end may be half of a CRLF and waits."""
        ends = [end for mark in "\r\n" if (end := self._rest.find(mark)) >= 0]
        if not ends:
            return None
        end = min(ends)
        if self._rest[end] == "\r":
            if end + 1 == len(self._rest):
                return None
            width = 2 if self._rest[end + 1] == "\n" else 1
        else:
            width = 1
        line, self._rest = self._rest[:end], self._rest[end + width :]
        return line

    def _take(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value)
            case _:
                pass
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        data, event, retry = self._data, self._event, self._retry
        self._data, self._event, self._retry = [], "", None
        if not data:
            return None
        return ServerSentEvent("\n".join(data), event or "message", self._id, retry)
