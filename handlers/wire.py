"""The HTTP/1.1 side of a socket, guarded: what uvicorn leaves to the proxy in front of it.

Uvicorn's parser takes headers of any size, at any pace, on any number of connections. Here a
request's head must be complete within some seconds and some octets, and connections have a limit,
in total and for one address. A client that breaks one of them is told so and let go; the others
never notice.
"""

from __future__ import annotations

import asyncio
import re
from itertools import chain
from secrets import token_hex
from typing import Any, Final
from urllib.parse import unquote

from httptools import parse_url
from httptools.parser.url_parser import URL
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from generated.server import Problem
from generated.server.runtime.problem import Dialect, phrase
from handlers.cycle import Cycle
from handlers.guard import Guard
from handlers.headers import ALWAYS
from handlers.refusals import PROBLEM_TYPES

_is_host: Final = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=%:\[\]-]*").fullmatch  # RFC 3986 3.2
_DIALECT: Final = Dialect(types=PROBLEM_TYPES)


class GuardedProtocol(HttpToolsProtocol):
    """Uvicorn's protocol within limits."""

    guard: Guard
    """Set by `guarded`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self._head = 0  # octets of a head that is not complete
        self._in_head = True
        self._framing = 0  # octets of a body's chunks that are none of its own
        self._deadline: asyncio.TimerHandle | None = None
        self._idle_since: float | None = None
        self._idle_clock: asyncio.TimerHandle | None = None
        self._address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Take a connection, or send it away."""
        super().connection_made(transport)
        guard = self.guard
        self._address = self.client[0] if self.client else ""
        guard.open[self._address] += 1
        if len(self.connections) > guard.limits.connections or guard.has_too_many(self._address):
            self._end(503, "overloaded", "The server has too many connections.")
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._stop_clock()
        if self._idle_clock is not None:
            self._idle_clock.cancel()
        open_ = self.guard.open
        open_[self._address] -= 1
        if open_[self._address] <= 0:
            del open_[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as long as the head stays within its limit."""
        if self.transport.is_closing():
            return
        if self._in_head:
            self._head += len(data)
        else:
            self._framing += len(data)
        super().data_received(data)
        if self._framing > self.guard.limits.head_octets:
            self._end(413, "content_too_large", "The body's chunks are more frame than body.")
        if not self._in_head or self._head == 0:
            return
        # What came with the end of a head is its body: only a head that goes on is too long, or
        # needs a clock. Most heads are one packet, and a timer for each would cost more than both.
        if self._head > self.guard.limits.head_octets:
            self._too_long()
        elif self._deadline is None and not self.transport.is_closing():
            self._await_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the head. A trailer is none: what was checked before it stays as it was."""
        if not self._in_head:
            return
        name = name.lower()
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is complete: time and octets are the body's now."""
        fields = self.headers
        head = len(self.url) + sum(map(len, chain.from_iterable(fields))) + 4 * len(fields)
        self._in_head, self._head, self._framing = False, 0, 0
        self._stop_clock()
        version: str = self.parser.get_http_version()
        url = parse_url(self.url)
        if head > self.guard.limits.head_octets:
            self._too_long()
        elif self._is_addressed(version, url) and self._is_framed():
            self._begin(version, url)
        else:
            self.send_400_response("")

    def _is_addressed(self, version: str, url: URL) -> bool:
        """Whether the request says once whom it is for (RFC 9112 3.2), in HTTP/1."""
        hosts = [value for name, value in self.headers if name == b"host"]
        if not hosts:
            return version == "1.0" and not url.host
        if version[0] != "1" or len(hosts) > 1 or _is_host(hosts[0]) is None or b"#" in self.url:
            return False
        # Of an absolute target and a Host field the target counts; here they must not differ.
        return not url.host or _authority(url) == hosts[0].lower()

    def _is_framed(self) -> bool:
        """Whether the end of the body can be told (RFC 9112 6.3): chunks, and nothing else."""
        codings = [value for name, value in self.headers if name == b"transfer-encoding"]
        return not codings or (len(codings) == 1 and codings[0].lower() == b"chunked")

    def _begin(self, version: str, url: URL) -> None:
        """Have a request answered, after those before it on this connection."""
        path: str = url.path.decode("ascii")
        scope = self.scope
        scope["http_version"] = version
        scope["method"] = self.parser.get_method().decode("ascii")
        scope["path"] = unquote(path) if "%" in path else path
        scope["raw_path"] = url.path
        scope["query_string"] = url.query or b""
        before = self.cycle
        self.cycle = Cycle(
            scope=scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            on_response=self.on_response_complete,
        )
        if before is None or before.response_complete:
            self._start_asgi_task(self.cycle, self.app)
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))

    def on_body(self, body: bytes) -> None:
        """A piece of a body, unless its request was turned away."""
        if not self.transport.is_closing():
            self._framing -= len(body)
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The next head may come."""
        self._in_head = True
        if not self.transport.is_closing():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """The next request of this connection, or silence within its limit.

        One timer looks now and then how long it has been silent: to set one anew for each request
        would cost more than parsing it.
        """
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
            return
        self._idle_since = self.loop.time()
        if self._idle_clock is None:
            self._idle_clock = self.loop.call_later(self.timeout_keep_alive, self._look_if_idle)

    def _unset_keepalive_if_required(self) -> None:
        self._idle_since = None

    def _look_if_idle(self) -> None:
        self._idle_clock = None
        if self._idle_since is None or self.transport.is_closing():
            return
        end = self._idle_since + self.timeout_keep_alive
        if end > self.loop.time():
            self._idle_clock = self.loop.call_at(end, self._look_if_idle)
        else:
            self.transport.close()

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(self.guard.limits.head_seconds, self._too_slow)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        if self._head == 0:  # nothing was asked, so nothing is answered
            self.guard.refused("idle")
            self.transport.close()
            return
        seconds = self.guard.limits.head_seconds
        self._end(408, "request_timeout", f"The head did not arrive within {seconds:g} s.")

    def _too_long(self) -> None:
        octets = self.guard.limits.head_octets
        detail = f"Request line and header fields exceed {octets} octets."
        self._end(431, "too_many_fields", detail)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own signature
        """What is no HTTP, told as a Problem too."""
        self._end(400, "malformed", "This is no well-formed HTTP/1.1 request.")

    def _end(self, status: int, code: str, detail: str) -> None:
        """Answer with a Problem and close; while another answer is being made, only close."""
        self._stop_clock()
        self.guard.refused(code)
        if self.transport.is_closing():
            return
        if self._may_answer():
            self.transport.write(_answer(Problem(status, code, detail)))
        self.transport.close()

    def _may_answer(self) -> bool:
        """Whether the next answer on this connection is ours to give."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return True
        if self.pipeline or cycle.response_started or not cycle.more_body:
            return False
        cycle.disconnected = True  # its body never ends: it is no request, and not answered as one
        return True


def _authority(url: URL) -> bytes:
    """Host and port of an absolute target, in lower case."""
    host = b"[%b]" % url.host.lower() if b":" in url.host else url.host.lower()
    return host if not url.port else b"%b:%d" % (host, url.port)


def _answer(problem: Problem) -> bytes:
    request_id = token_hex(8)
    body = _DIALECT.render(problem, request_id)
    fields = (
        *ALWAYS,
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        (b"content-length", b"%d" % len(body)),
        (b"content-type", b"application/problem+json"),
        (b"x-request-id", request_id.encode("ascii")),
    )
    line = f"HTTP/1.1 {problem.status} {phrase(problem.status)}\r\n".encode("ascii")
    return line + b"".join(b"%s: %s\r\n" % field for field in fields) + b"\r\n" + body


def guarded(guard: Guard) -> type[GuardedProtocol]:
    """The protocol class for `uvicorn.Config(http=...)`."""
    return type("GuardedProtocol", (GuardedProtocol,), {"guard": guard})
