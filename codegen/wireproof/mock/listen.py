"""The socket: HTTP/1.1 from the standard library in front of a `Mock`, one thread a connection."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from wireproof.mock.message import Answer, Request
from wireproof.mock.service import Mock

_LARGEST = 16 << 20  # octets of a request body
_IDLE = 30.0  # seconds that a connection may stay silent

Observer = Callable[[Request, Answer], None]


class MockServer(ThreadingHTTPServer):
    """Serves a mock. `serve_forever` in the caller's thread; `shutdown` from another one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, mock: Mock, host: str = "127.0.0.1", port: int = 0, observe: Observer | None = None
    ) -> None:
        self.mock = mock
        self.observe = observe
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Where it listens, with the path of the contract's first server."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}{self.mock.base_path}"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's own
        """Clients that leave early are nobody's error."""


class _Handler(BaseHTTPRequestHandler):
    server: MockServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    disable_nagle_algorithm = True

    def version_string(self) -> str:
        """Value of the Server field."""
        return "wireproof-mock"

    def __getattr__(self, name: str) -> Callable[[], None]:
        # http.server looks a method up by its verb; contracts may name any verb.
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        headers = tuple((k.lower(), v.strip()) for k, v in self.headers.items())
        request = Request(self.command, self.path, headers, body)
        answer = self.server.mock.handle(request)
        if self.server.observe is not None:
            self.server.observe(request, answer)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("access-control-allow-origin", "*")
        if answer.status != 204:  # noqa: PLR2004 - No Content has no length (RFC 9110 8.6)
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _body(self) -> bytes | None:
        if "chunked" in (self.headers.get("transfer-encoding") or "").lower():
            return self._chunks()
        length = self.headers.get("content-length") or "0"
        if not length.isdigit() or int(length) > _LARGEST:
            self.close_connection = True
            self.send_error(413 if length.isdigit() else 400)
            return None
        return self.rfile.read(int(length))

    def _chunks(self) -> bytes | None:
        """A chunked body (RFC 9112 7.1); its trailers are read over."""
        pieces: list[bytes] = []
        total = 0
        while True:
            size = self.rfile.readline(64).partition(b";")[0].strip()
            try:
                length = int(size, 16)
            except ValueError:
                length = -1
            total += max(length, 0)
            if length < 0 or total > _LARGEST:
                self.close_connection = True
                self.send_error(400 if length < 0 else 413)
                return None
            if length == 0:
                while self.rfile.readline(8192).strip():
                    pass
                return b"".join(pieces)
            pieces.append(self.rfile.read(length))
            self.rfile.readline(8)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - http.server's signature
        """Quiet: what there is to say, the observer says."""
