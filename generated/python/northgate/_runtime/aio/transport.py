"""How requests travel: a small protocol, and its adapter for httpx."""

from __future__ import annotations

from collections.abc import AsyncIterator
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ..headers import Headers
from ..request import Request, StreamBody, Timeout
from ..transport_error import from_httpx

if TYPE_CHECKING:
    import httpx


class AsyncReply(Protocol):
    """An answer whose body may still be on its way. Close it when done."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Headers:
        """Header fields."""
        ...

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body in chunks, content coding undone.

        Raises:
            TransportError: where the body breaks off.
        """
        ...

    async def aclose(self) -> None:
        """Free the connection."""
        ...


class AsyncTransport(Protocol):
    """Sends requests. Bring your own to use another HTTP library, or for tests."""

    async def send(self, request: Request, limits: Timeout) -> AsyncReply:
        """Send a request exactly as it is, follow no redirect, return when the head is there.

        Raises:
            TransportError: where no answer came.
        """
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


class AsyncHttpxTransport:
    """The default: httpx, with its connection pool.

    A client of your own may bring proxies, certificates and limits. Its default header fields and
    cookies are not used: requests travel exactly as they were signed.
    """

    def __init__(self, client: httpx.AsyncClient | None = None) -> None:
        self._owned = client is None
        self._client = client
        self._lock = Lock()

    def _pool(self) -> httpx.AsyncClient:
        """The client. Ours is made for the first request: reading certificates takes its time."""
        if self._client is None:
            with self._lock:
                self._client = self._client or _new_client()
        return self._client

    async def send(self, request: Request, limits: Timeout) -> AsyncReply:
        """Send a request."""
        import httpx  # noqa: PLC0415 - who brings another transport need not have httpx

        content, pool = request.content, self._pool()
        try:
            outgoing = httpx.Request(
                request.method,
                request.url,
                headers=request.headers,
                content=_chunks(content) if isinstance(content, StreamBody) else content,
                extensions={"timeout": limits.as_httpx()},
            )
            response = await pool.send(outgoing, stream=True, follow_redirects=False)
        except Exception as error:
            raise from_httpx(error) from error
        return _HttpxReply(response)

    async def aclose(self) -> None:
        """Close the pool, if it is ours."""
        if self._owned and self._client is not None:
            await self._client.aclose()


class _HttpxReply:
    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.status = response.status_code
        raw = response.headers.raw
        self.headers = Headers([(k.decode("latin-1"), v.decode("latin-1")) for k, v in raw])

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._response.aiter_bytes():
                yield chunk
        except Exception as error:
            raise from_httpx(error, reading=True) from error

    async def aclose(self) -> None:
        await self._response.aclose()


def _new_client() -> httpx.AsyncClient:
    import httpx  # noqa: PLC0415 - who brings another transport need not have httpx

    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15)
    return httpx.AsyncClient(limits=limits, follow_redirects=False)


async def _chunks(body: StreamBody) -> AsyncIterator[bytes]:
    for chunk in body.open():
        yield chunk
