"""How requests travel: a small protocol, and its adapter for httpx."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ..headers import Headers
from ..request import Request, StreamBody, Timeout
from ..transport_error import TransportError, from_httpx

if TYPE_CHECKING:
    import httpx

    from .connections import ByClient, Connections


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
    """The default: httpx, with its connection pools.

    A client of your own may bring proxies, certificates and limits. Its default header fields and
    cookies are not used: requests travel exactly as they were signed. Without one, `HTTP_PROXY`,
    `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, `SSL_CERT_FILE` and `SSL_CERT_DIR` are followed.
    """

    def __init__(self, client: httpx.Client | None = None) -> None:
        self._client = client
        self._carrier: Connections | ByClient | None = None
        self._closed = False
        self._lock = Lock()

    def send(self, request: Request, limits: Timeout) -> Reply:
        """Send a request."""
        carrier = self._carrier or self._opened()
        outgoing = _outgoing(request, limits)
        try:
            response = carrier.send(outgoing, limits)
        except Exception as error:
            raise from_httpx(error) from error
        return _HttpxReply(response)

    def close(self) -> None:
        """Close our own connections; a client that was given is its owner's to close."""
        if self._client is not None:
            return
        self._closed, carrier, self._carrier = True, self._carrier, None
        if carrier is not None:
            carrier.close()

    def _opened(self) -> Connections | ByClient:
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

    def iter_bytes(self) -> Iterator[bytes]:
        try:
            for chunk in self._response.iter_bytes():
                yield chunk
        except Exception as error:
            raise from_httpx(error, reading=True) from error

    def close(self) -> None:
        self._response.close()


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


def _chunks(body: StreamBody) -> Iterator[bytes]:
    for chunk in body.open():
        yield chunk
