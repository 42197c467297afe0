"""A reverse proxy on loopback that keeps what goes through it, byte for byte."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Fields = list[tuple[str, str]]
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class Exchange:
    """One request and its response, as they were on the wire."""

    method: str
    target: str
    request_fields: Fields
    request_body: bytes
    status: int
    response_fields: Fields
    response_body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        return urlsplit(self.target).query


@dataclass(frozen=True)
class Recorder:
    """Where clients connect to, and what they did there."""

    url: str
    exchanges: list[Exchange]


@contextmanager
def recording(upstream: str) -> Iterator[Recorder]:
    """Forward to the server at `upstream`. The Host field stays the client's: it is signed."""
    exchanges: list[Exchange] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(urlsplit(upstream).netloc, exchanges))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Recorder(f"http://127.0.0.1:{server.server_port}", exchanges)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(upstream: str, exchanges: list[Exchange]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            pass

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            exchange = _forwarded(upstream, self.command, self.path, self.headers.items(), body)
            exchanges.append(exchange)
            self.send_response_only(exchange.status)
            for name, value in exchange.response_fields:
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            if exchange.status != http.HTTPStatus.NO_CONTENT:
                self.send_header("Content-Length", str(len(exchange.response_body)))
            self.end_headers()
            self.wfile.write(exchange.response_body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward  # noqa: N815 - names that http.server asks for

    return Handler


def _forwarded(upstream: str, method: str, target: str, fields: Fields, body: bytes) -> Exchange:
    connection = http.client.HTTPConnection(upstream, timeout=30)
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in fields:
            if name.lower() not in _HOP_BY_HOP - {"content-length"}:
                connection.putheader(name, value)
        connection.endheaders(body or None)
        response = connection.getresponse()
        content = response.read()
        return Exchange(
            method, target, fields, body, response.status, response.getheaders(), content
        )
    finally:
        connection.close()
