"""Connections of httpx's transports, without its client around them.

httpx's client adds cookies, redirects, authentication and event hooks to every request. An SDK
brings its own or wants none, and they are a quarter of what a call costs.
"""

from __future__ import annotations

import ssl
from threading import Lock

import httpx

from ..proxies import proxies_configured


class AsyncConnections:
    """One pool for each scheme, made when it is first needed: certificates take time to read."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._limits = limits
        self._pools: dict[str, httpx.AsyncHTTPTransport] = {}
        self._lock = Lock()

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request, return when the head of its answer is there."""
        scheme = request.url.scheme
        pool = self._pools.get(scheme) or self._opened(scheme)
        return await pool.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            await pool.aclose()

    def _opened(self, scheme: str) -> httpx.AsyncHTTPTransport:
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpx.AsyncHTTPTransport(
                    verify=True if scheme == "https" else trusting_nobody(), limits=self._limits
                )
            return self._pools[scheme]


class AsyncByClient:
    """The same by httpx's client, or by that of a fork."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, request: httpx.Request) -> httpx.Response:
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


def trusting_nobody() -> ssl.SSLContext:
    """What a pool without TLS is given for TLS: verifies, and knows no certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
