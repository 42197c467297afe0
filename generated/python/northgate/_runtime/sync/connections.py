"""Connections of httpx's transports, without its client around them.

httpx's client adds cookies, redirects, authentication and event hooks to every request. An SDK
brings its own or wants none, and they are a quarter of what a call costs.
"""

from __future__ import annotations

import ssl
from threading import Lock

import httpx

from ..proxies import proxies_configured


class Connections:
    """One pool for each scheme, made when it is first needed: certificates take time to read."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._limits = limits
        self._pools: dict[str, httpx.HTTPTransport] = {}
        self._lock = Lock()

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request, return when the head of its answer is there."""
        scheme = request.url.scheme
        pool = self._pools.get(scheme) or self._opened(scheme)
        return pool.handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.close()

    def _opened(self, scheme: str) -> httpx.HTTPTransport:
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpx.HTTPTransport(
                    verify=True if scheme == "https" else trusting_nobody(), limits=self._limits
                )
            return self._pools[scheme]


class ByClient:
    """The same by httpx's client, or by that of a fork."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def send(self, request: httpx.Request) -> httpx.Response:
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


def trusting_nobody() -> ssl.SSLContext:
    """What a pool without TLS is given for TLS: verifies, and knows no certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
