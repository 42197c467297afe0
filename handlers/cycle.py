"""A request and its answer: uvicorn's cycle, with less between most answers and the wire.

Uvicorn writes a head and a body apart, and looks at each name and value with two expressions.
Nearly all answers here are complete when they begin: their head is joined at once, looked at
once, and leaves with the body in one piece. Whatever is not like that goes uvicorn's way.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

Message = MutableMapping[str, Any]

_START: Final = "http.response.start"
_STATUS: Final = {status: line.removesuffix(b"\r\n") for status, line in STATUS_LINE.items()}


class Cycle(RequestResponseCycle):
    """A request that is being answered."""

    _start: Message | None = None
    """The answer's head, until its body tells whether they can go together."""

    async def send(self, message: Message) -> None:  # type: ignore[override] # any ASGI message
        """Send an ASGI message, for as long as somebody listens."""
        if self.transport.is_closing():
            self.disconnected = True  # else the answer that nobody hears is logged as a fault
        if self.disconnected:
            return
        if message["type"] == _START and not self.response_started:
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            if self._send_whole(start, message):
                return
            await super().send(start)  # type: ignore[arg-type] # as above
        await super().send(message)  # type: ignore[arg-type] # as above

    def _send_whole(self, start: Message, message: Message) -> bool:
        """Write an answer of one piece; False, with nothing written, where it is another kind."""
        if (
            message.get("more_body")
            or not self.keep_alive
            or self.flow.write_paused
            or self.scope["method"] == "HEAD"
        ):
            return False
        body = message.get("body", b"")
        head = whole_head(start["status"], [*self.default_headers, *start["headers"]], len(body))
        if head is None:
            return False
        self.response_started = self.response_complete = True
        self.transport.write(head + body)
        self.message_event.set()
        self.on_response()
        return True


def whole_head(status: int, fields: list[tuple[bytes, bytes]], length: int) -> bytes | None:
    """The head of an answer whose body has that length and which keeps its connection.

    None for any other, and where a field would end its line or hold a NUL: no value makes two
    lines of one (RFC 9110 5.5).
    """
    lines = b"\r\n%b\r\n" % b"\r\n".join(map(b": ".join, fields))
    ends = len(fields) + 1
    if (
        b"\r\ncontent-length: %d\r\n" % length not in lines
        or lines.count(b"content-length") != 1
        or b"transfer-encoding" in lines
        or b"\r\nconnection: " in lines
        or lines.count(b"\n") != ends
        or lines.count(b"\r") != ends
        or b"\0" in lines
    ):
        return None
    return _STATUS[status] + lines + b"\r\n"
