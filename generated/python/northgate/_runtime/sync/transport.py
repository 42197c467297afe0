"""How requests travel: a small protocol, and its adapter for httpx."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ..headers import Headers
from ..request import Request, StreamBody, Timeout
from ..transport_error import from_httpx

if TYPE_CHECKING:
    import httpx


class Reply(Protocol):
    """An answer whose body may still be on its way. Close it when done."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Headers:
        """Header fields."""
        ...

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in chunks, content coding undone.

        Raises:
            TransportError: where the body breaks off.
        """
        ...

    def close(self) -> None:
        """Free the connection."""
        ...


class Transport(Protocol):
    """Sends requests. Bring your own to use another HTTP library, or for tests."""

    def send(self, request: Request, limits: Timeout) -> Reply:
        """Send a request exactly as it is, follow no redirect, return when the head is there.

        Raises:
            TransportError: where no answer came.
        """
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class HttpxTransport:
    """The default: httpx, with its connection pool.

    A client of your own may bring proxies, certificates and limits. Its default header fields and
    cookies are not used: requests travel exactly as they were signed.
    """

    def __init__(self, client: httpx.Client | None = None) -> None:
        self._owned = client is None
        self._client = client
        self._lock = Lock()

    def _pool(self) -> httpx.Client:
        """The client. Ours is made for the first request: reading certificates takes its time."""
        if self._client is None:
            with self._lock:
                self._client = self._client or _new_client()
        return self._client

    def send(self, request: Request, limits: Timeout) -> Reply:
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
            response = pool.send(outgoing, stream=True, follow_redirects=False)
        except Exception as error:
            raise from_httpx(error) from error
        return _HttpxReply(response)

    def close(self) -> None:
        """Close the pool, if it is ours."""
        if self._owned and self._client is not None:
            self._client.close()


class _HttpxReply:
    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.status = response.status_code
        raw = response.headers.raw
        self.headers = Headers([(k.decode("latin-1"), v.decode("latin-1")) for k, v in raw])

    def iter_bytes(self) -> Iterator[bytes]:
        try:
            for chunk in self._response.iter_bytes():
                yield chunk
        except Exception as error:
            raise from_httpx(error, reading=True) from error

    def close(self) -> None:
        self._response.close()


def _new_client() -> httpx.Client:
    import httpx  # noqa: PLC0415 - who brings another transport need not have httpx

    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=15)
    return httpx.Client(limits=limits, follow_redirects=False)


def _chunks(body: StreamBody) -> Iterator[bytes]:
    for chunk in body.open():
        yield chunk
