"""Connections of httpcore, the engine of httpx, without httpx's client around them.

The client adds cookies, redirects, authentication and event hooks to every request. An SDK brings
its own or wants none, and they are a quarter of what a call costs. And nothing in it ends an answer
whose head trickles: its timeouts begin anew with every byte.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Iterable
from contextvars import ContextVar
from threading import Lock
from typing import Any, cast

import httpcore
import httpx

from ..proxies import proxies_configured
from ..request import Timeout

_end: ContextVar[float | None] = ContextVar("_end", default=None)
"""When the head of the answer must be there that this thread or task waits for (monotonic)."""


class Connections:
    """One pool for each scheme, made when it is first needed: certificates take time to read."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._limits = limits
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._lock = Lock()

    def send(self, request: httpx.Request, limits: Timeout) -> httpx.Response:
        """Send a request, return when the head of its answer is there."""
        url = request.url
        pool = self._pools.get(url.scheme) or self._opened(url.scheme)
        outgoing = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": limits.as_httpx()},
        )
        token = _end.set(None if limits.total is None else time.monotonic() + limits.total)
        try:
            answer = pool.handle_request(outgoing)
        finally:
            _end.reset(token)
        body = _Body(answer.stream)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.close()

    def _opened(self, scheme: str) -> httpcore.ConnectionPool:
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpcore.ConnectionPool(
                    ssl_context=httpx.create_ssl_context() if scheme == "https" else _no_tls(),
                    max_connections=self._limits.max_connections,
                    max_keepalive_connections=self._limits.max_keepalive_connections,
                    keepalive_expiry=self._limits.keepalive_expiry,
                    network_backend=_Backend(),
                )
            return self._pools[scheme]


class ByClient:
    """The same by httpx's client, or by that of a fork."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def send(self, request: httpx.Request, limits: Timeout) -> httpx.Response:  # noqa: ARG002 - the request has the ones that a client knows
        """Send a request, return when the head of its answer is there."""
        return self._client.send(request, stream=True, follow_redirects=False)

    def close(self) -> None:
        """Close the client."""
        self._client.close()


def connections(client: httpx.Client | None) -> Connections | ByClient:
    """By the client, if there is one; our own otherwise.

    Where the environment names a proxy, httpx's client finds the way.
    """
    if client is not None:
        return ByClient(client)
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15)
    if proxies_configured():
        return ByClient(httpx.Client(limits=limits, follow_redirects=False))
    return Connections(limits)


def _no_tls() -> ssl.SSLContext:
    """What a pool without TLS is given for TLS: verifies, and knows no certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - httpcore has no name for what can also be closed
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            yield chunk

    def close(self) -> None:
        self._stream.close()


class _Backend(httpcore.NetworkBackend):
    """Connections whose every step ends in time for the head of the answer."""

    def __init__(self) -> None:
        self._backend = cast("httpcore.NetworkBackend", httpcore.SyncBackend())

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        stream = self._backend.connect_tcp(host, port, left, local_address, socket_options)
        return _Socket(stream)

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _Socket(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as above
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Socket(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    """What is left of a timeout within the time for the head of the answer."""
    end = _end.get()
    if end is None:
        return timeout
    left = end - time.monotonic()
    if left <= 0:
        raise error("the deadline has passed")
    return left if timeout is None else min(timeout, left)
