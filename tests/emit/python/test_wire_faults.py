"""Faults below HTTP and at its edges: what a broken server, proxy or gateway puts on the wire.

Each answer is written to the socket as it stands. Whatever it is, an order is executed once, the
caller hears of it or is told that nobody knows, and nothing but the SDK's own errors comes out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from math import isfinite
from types import ModuleType
from typing import Any, Self

import pytest

SEED = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"
JSON = "Content-Type: application/json"
HTML = b"<html><body>502 Bad Gateway</body></html>"


def answer(status: str, body: bytes = b"", *fields: str, length: int | None = None) -> bytes:
    """An answer; its Content-Length may lie."""
    head = [f"HTTP/1.1 {status}", *fields]
    head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


class Venue:
    """Executes orders once a key, and answers the first of them as its script says.

    In scripts `{order}` stands for the order as JSON. A script that is empty closes the connection.
    """

    def __init__(self, script: list[bytes], *, executes: bool = True) -> None:
        self.script = script
        self.executes = executes
        self.orders: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, str]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.sendall(self._answer(connection.makefile("rb")))

    def _answer(self, stream: Any) -> bytes:
        """One request a connection."""
        method, path, _ = stream.readline().decode().split(" ")
        length = 0
        while (line := stream.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode().partition(":")
            length = int(value) if name.lower() == "content-length" else length
        body = stream.read(length)
        self.requests.append((method, path))
        if method == "GET":
            found = self.orders.get(path.rpartition("/")[2])
            return self._plain("200 OK", found) if found else self._plain("404 Not Found", {})
        order = {"order_id": f"o{len(self.orders) + 1}", **json.loads(body)}
        if self.script:
            if self.executes:
                self.orders.setdefault(order["client_order_id"], order)
            text = json.dumps(order).encode()
            return self.script.pop(0).replace(b"{order}", text)
        return self._plain("201 Created", self.orders.setdefault(order["client_order_id"], order))

    def _plain(self, status: str, body: Any) -> bytes:
        return answer(status, json.dumps(body).encode(), JSON, "Connection: close")


ORDER = b'{"order_id":"o1","client_order_id":"c1","side":"buy","quantity":"1"}'
CHUNKED = b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
DOUBTFUL = {
    "nothing at all": b"",
    "half a head": b"HTTP/1.1 201 Crea",
    "not HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "status 000": b"HTTP/1.1 000 \r\n\r\n",
    "a drop in mid-body": answer("201 Created", ORDER[:20], JSON, length=len(ORDER)),
    "Content-Length too small": answer("201 Created", ORDER, JSON, length=20),
    "Content-Length 0": answer("201 Created", b"", JSON),
    "two Content-Lengths": answer("201 Created", ORDER, JSON, "Content-Length: 3"),
    "Content-Length of nonsense": b"HTTP/1.1 201 Created\r\nContent-Length: many\r\n\r\n" + ORDER,
    "broken chunks": CHUNKED + b'4\r\n{"or\r\nZZ\r\n',
    "chunks without end": CHUNKED + b'4\r\n{"or\r\n',
    "gzip that is none": answer("201 Created", ORDER, JSON, "Content-Encoding: gzip"),
    "gzip cut off": answer(
        "201 Created", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV", JSON, "Content-Encoding: gzip"
    ),
    "a coding nobody asked for": answer("201 Created", b"\x0b\x02", JSON, "Content-Encoding: br"),
    "null": answer("201 Created", b"null", JSON),
    "a list": answer("200 OK", b"[]", JSON),
    "nesting without end": answer("201 Created", b"[" * 200_000, JSON),
    "a portal's page": answer("200 OK", HTML, "Content-Type: text/html"),
    "1xx and then nothing": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n",
    "a proxy's page for 502": answer("502 Bad Gateway", HTML, "Content-Type: text/html"),
    "504 without a body": answer("504 Gateway Timeout"),
    "nesting without end in an error": answer("500 Error", b"[" * 200_000, JSON),
    "an outcome that is no text": answer("500 Error", b'{"outcome":["executed"]}', JSON),
    "a gateway's 408": answer("408 Request Timeout", HTML, "Content-Type: text/html"),
    "303 to what was done": answer("303 See Other", b"", "Location: /base/orders/o1"),
    "302 to nowhere": answer("302 Found", b"", "Location: http://[::1"),
    "503 that promises the past": answer(
        "503 Down", b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"
    ),
    "503 with a negative wait": answer("503 Down", b"", "Retry-After: -5"),
    "503 with a wait of words": answer("503 Down", b"", "Retry-After: soon"),
    "503 with endless limits": answer("503 Down", b"", 'RateLimit: "orders";r=-1e400;t=-1e400'),
}
FINE = {
    "1xx before": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"
    + answer("201 Created", ORDER, JSON),
    "no length": b"HTTP/1.1 201 Created\r\n\r\n" + ORDER,
    "HTTP/1.0": b"HTTP/1.0 201 Created\r\n\r\n" + ORDER,
    "a type of its own": answer("201 Created", ORDER, 'Content-Type: text/plain; charset="\\0"'),
    "a limit of nonsense": answer("201 Created", ORDER, JSON, 'RateLimit: "orders";r=-1e400;t=nan'),
}


def client(probe: ModuleType, venue: Venue, retries: int = 2) -> Any:
    retry = probe.RetryPolicy(max_retries=retries, base_delay=0.001)
    return probe.Probe(base_url=f"{venue.url}/base", key_id="k", private_key=SEED, retry=retry)


def place(sdk: Any) -> Any:
    return sdk.orders.create(client_order_id="c1", side="buy", quantity="1")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Waiting for a signature to expire takes no time."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    return iter([None])


@pytest.mark.parametrize("script", DOUBTFUL.values(), ids=DOUBTFUL)
@pytest.mark.parametrize("executes", [True, False], ids=["executed", "lost"])
def test_an_order_is_sent_again_under_its_key(
    probe: ModuleType, script: bytes, *, executes: bool
) -> None:
    redirect = script.startswith(b"HTTP/1.1 30")
    with Venue([script], executes=executes) as venue, client(probe, venue) as sdk:
        try:
            order = place(sdk)
        except probe.UnknownOutcomeError as unknown:
            order = unknown.resolve() if executes else None
            assert redirect or script.startswith(b"HTTP/1.1 20"), "neither retried nor answered"
            assert (order is not None) is executes
        else:
            assert len(venue.requests) > 1
        assert len(venue.orders) == (1 if executes or order else 0)
    if order is not None:
        assert order.order_id == "o1"


@pytest.mark.parametrize("script", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_single_attempt_is_called_unknown(probe: ModuleType, script: bytes) -> None:
    with Venue([script]) as venue, client(probe, venue, retries=0) as sdk:
        with pytest.raises(probe.UnknownOutcomeError) as caught:
            place(sdk)
        assert (caught.value.outcome, caught.value.key) == ("unknown", "c1")
        assert caught.value.resolve().order_id == "o1"
        assert [method for method, _ in venue.requests] == ["POST", "GET"]


@pytest.mark.parametrize("script", FINE.values(), ids=FINE)
def test_odd_but_readable(probe: ModuleType, script: bytes) -> None:
    with Venue([script]) as venue, client(probe, venue) as sdk:
        assert place(sdk).order_id == "o1"
        assert len(venue.requests) == 1
        assert sdk._session.shared.limiter.reserve("orders") < 1


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_an_order_does_not_follow_redirects(probe: ModuleType, status: str) -> None:
    script = answer(status, b"", "Location: http://127.0.0.1:1/base/orders")
    with (
        Venue([script], executes=False) as venue,
        client(probe, venue) as sdk,
        pytest.raises(probe.APIStatusError, match=status[:3]) as caught,
    ):
        place(sdk)
    assert (caught.value.outcome, len(venue.requests)) == ("not_executed", 1)


@pytest.mark.parametrize(
    "told", ["1e400", "-1e400", "NaN", "1" + "0" * 400, '"0001-01-01T00:00:00+14:00"']
)
def test_a_time_that_cannot_be_leaves_the_clock_usable(probe: ModuleType, told: str) -> None:
    problem = f'{{"code":"timestamp_out_of_window","server_time":{told}}}'.encode()
    script = [answer("401 Unauthorized", problem, JSON, "Date: Mon, 01 Jan 0001 00:00:00 -0000")]
    with Venue(script, executes=False) as venue, client(probe, venue) as sdk:
        try:
            outcome = place(sdk).order_id
        except probe.AuthenticationError as refused:
            outcome = refused.outcome
        assert outcome in {"o1", "not_executed"}
        assert isfinite(sdk._session.shared.clock.now())


@pytest.mark.parametrize("location", ["http://[::1", "//", "https://", "\x7f", "http://h:99999/"])
def test_a_read_that_is_sent_nowhere_fails_with_an_error(probe: ModuleType, location: str) -> None:
    class Elsewhere(Venue):
        def _answer(self, stream: Any) -> bytes:
            super()._answer(stream)
            return answer("302 Found", b"", f"Location: {location}", "Connection: close")

    with (
        Elsewhere([]) as venue,
        client(probe, venue, retries=0) as sdk,
        pytest.raises((probe.APIStatusError, probe.APIConnectionError)),
    ):
        sdk.orders.get(order_id="o1")


TRICKLES = {
    "a head": b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 2000,
    "1xx for ever": b"HTTP/1.1 102 Processing\r\n\r\n" * 2000,
    "a body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b" " * 2000,
}


@pytest.mark.parametrize("script", TRICKLES.values(), ids=TRICKLES)
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_the_deadline_ends_an_answer_that_trickles(
    probe: ModuleType, script: bytes, *, asynchronous: bool
) -> None:
    """Every read brings something, so that no timeout of a single step ever passes."""
    stop = threading.Event()

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.recv(65_536)
            for piece in (script[i : i + 8] for i in range(0, len(script), 8)):
                connection.sendall(piece)
                if stop.wait(0.05):
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,), daemon=True)
        thread.start()
        settings = {
            "base_url": f"http://127.0.0.1:{listener.getsockname()[1]}",
            "key_id": "k",
            "private_key": SEED,
            "deadline": 0.5,
            "max_retries": 0,
        }
        try:
            with pytest.raises(probe.APITimeoutError) as caught:
                read_asynchronously(probe, settings) if asynchronous else read(probe, settings)
        finally:
            stop.set()
            thread.join()
    assert caught.value.outcome == "unknown"


def read(probe: ModuleType, settings: dict[str, Any]) -> None:
    with probe.Probe(**settings) as sdk:
        sdk.orders.get(order_id="o1")


def read_asynchronously(probe: ModuleType, settings: dict[str, Any]) -> None:
    async def call() -> None:
        async with probe.AsyncProbe(**settings) as sdk:
            await sdk.orders.get(order_id="o1")

    asyncio.run(call())
