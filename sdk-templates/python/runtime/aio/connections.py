"""Connections of httpcore, the engine of httpx, without httpx's client around them.

The client adds cookies, redirects, authentication and event hooks to every request. An SDK brings
its own or wants none, and they are a quarter of what a call costs. And nothing in it ends an answer
whose head trickles: its timeouts begin anew with every byte.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Iterable
from contextvars import ContextVar
from threading import Lock
from typing import Any, cast

import httpcore
import httpx

from ..proxies import proxies_configured
from ..request import Timeout

_end: ContextVar[float | None] = ContextVar("_end", default=None)
"""When the head of the answer must be there that this thread or task waits for (monotonic)."""


class AsyncConnections:
    """One pool for each scheme, made when it is first needed: certificates take time to read."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._limits = limits
        self._pools: dict[str, httpcore.AsyncConnectionPool] = {}
        self._lock = Lock()

    async def send(self, request: httpx.Request, limits: Timeout) -> httpx.Response:
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
            answer = await pool.handle_async_request(outgoing)
        finally:
            _end.reset(token)
        body = _AsyncBody(answer.stream)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    async def aclose(self) -> None:
        """Close all connections."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            await pool.aclose()

    def _opened(self, scheme: str) -> httpcore.AsyncConnectionPool:
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpcore.AsyncConnectionPool(
                    ssl_context=httpx.create_ssl_context() if scheme == "https" else _no_tls(),
                    max_connections=self._limits.max_connections,
                    max_keepalive_connections=self._limits.max_keepalive_connections,
                    keepalive_expiry=self._limits.keepalive_expiry,
                    network_backend=_AsyncBackend(),
                )
            return self._pools[scheme]


class AsyncByClient:
    """The same by httpx's client, or by that of a fork."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, request: httpx.Request, limits: Timeout) -> httpx.Response:  # noqa: ARG002 - the request has the ones that a client knows
        """Send a request, return when the head of its answer is there."""
        return await self._client.send(request, stream=True, follow_redirects=False)

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()


def connections(client: httpx.AsyncClient | None) -> AsyncConnections | AsyncByClient:
    """By the client, if there is one; our own otherwise.

    Where the environment names a proxy, httpx's client finds the way.
    """
    if client is not None:
        return AsyncByClient(client)
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15)
    if proxies_configured():
        return AsyncByClient(httpx.AsyncClient(limits=limits, follow_redirects=False))
    return AsyncConnections(limits)


def _no_tls() -> ssl.SSLContext:
    """What a pool without TLS is given for TLS: verifies, and knows no certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - httpcore has no name for what can also be closed
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connections whose every step ends in time for the head of the answer."""

    def __init__(self) -> None:
        self._backend = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        stream = await self._backend.connect_tcp(host, port, left, local_address, socket_options)
        return _AsyncSocket(stream)

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


class _AsyncSocket(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as above
        return await self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        await self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore.AsyncNetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _AsyncSocket(await self._stream.start_tls(ssl_context, server_hostname, left))

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
