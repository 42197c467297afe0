"""How requests travel: a small protocol, and its adapter for httpx."""

from __future__ import annotations

from collections.abc import AsyncIterator
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ..headers import Headers
from ..request import Request, StreamBody, Timeout
from ..transport_error import TransportError, from_httpx

if TYPE_CHECKING:
    import httpx

    from .connections import AsyncByClient, AsyncConnections


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
    """The default: httpx, with its connection pools.

    A client of your own may bring proxies, certificates and limits. Its default header fields and
    cookies are not used: requests travel exactly as they were signed. Without one, `HTTP_PROXY`,
    `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, `SSL_CERT_FILE` and `SSL_CERT_DIR` are followed.
    """

    def __init__(self, client: httpx.AsyncClient | None = None) -> None:
        self._client = client
        self._carrier: AsyncConnections | AsyncByClient | None = None
        self._closed = False
        self._lock = Lock()

    async def send(self, request: Request, limits: Timeout) -> AsyncReply:
        """Send a request."""
        carrier = self._carrier or self._opened()
        outgoing = _outgoing(request, limits)
        try:
            response = await carrier.send(outgoing, limits)
        except Exception as error:
            raise from_httpx(error) from error
        return _HttpxReply(response)

    async def aclose(self) -> None:
        """Close our own connections; a client that was given is its owner's to close."""
        if self._client is not None:
            return
        self._closed, carrier, self._carrier = True, self._carrier, None
        if carrier is not None:
            await carrier.aclose()

    def _opened(self) -> AsyncConnections | AsyncByClient:
        """What sends: made for the first request, because importing httpx takes its time."""
        from .connections import connections  # noqa: PLC0415 - who brings another transport need not have httpx

        with self._lock:
            if self._closed:
                raise TransportError("the client has been closed", sent=False, final=True)
            self._carrier = self._carrier or connections(self._client)
            return self._carrier


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


def _outgoing(request: Request, limits: Timeout) -> httpx.Request:
    import httpx  # noqa: PLC0415 - who brings another transport need not have httpx

    content = request.content
    try:
        return httpx.Request(
            request.method,
            request.url,
            headers=request.headers,
            content=_chunks(content) if isinstance(content, StreamBody) else content,
            extensions={"timeout": limits.as_httpx()},
        )
    except Exception as error:
        message = f"the request cannot be sent: {error}"
        raise TransportError(message, sent=False, final=True) from error


async def _chunks(body: StreamBody) -> AsyncIterator[bytes]:
    for chunk in body.open():
        yield chunk
