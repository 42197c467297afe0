"""Python SDKs for tests: the runtime as a package, SDKs from contracts, a scripted server."""

from __future__ import annotations

import importlib
import json
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from wireproof.emit.names import allocate
from wireproof.emit.python import TARGET
from wireproof.emit.python.synchronous import with_synchronous
from wireproof.emit.target import Emission, EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source.workspace import load


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by relative path."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def runtime_package(folder: Path, name: str = "sdk_runtime") -> None:
    """Write the runtime, derived modules included, as an importable package."""
    modules = with_synchronous(Templates().runtime("python"))
    write_tree(folder / name, modules)


def emitted(spec: Path, **options: object) -> Emission:
    """The Python SDK of a contract, in memory."""
    contract = build(load(str(spec)).contract)
    names = allocate(contexts(contract), {})
    return TARGET.emit(EmitInput(contract, names, Templates(), options))


def sdk(folder: Path, document: Mapping[str, Any], package: str) -> ModuleType:
    """Emit a document's SDK into a folder and import it."""
    spec = folder / f"{package}.json"
    spec.write_text(json.dumps(document))
    write_tree(folder, emitted(spec, package=package).files)
    return imported(folder, package)


def imported(folder: Path, package: str) -> ModuleType:
    """Import a package from a folder, which stays on the path."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(package)


@dataclass
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server sends back; `drop` closes the connection instead, before or after it acts."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    truncate: bool = False

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


Behaviour = Callable[[Received], Answer]


class Server:
    """An HTTP server on loopback that answers as a function says, and remembers."""

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self._scheme = "https" if tls else "http"
        self.received: list[Received] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        if tls:
            self._http.socket = tls.wrap_socket(
                self._http.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            body = self._body()
            request = Received(self.command, self.path, dict(self.headers), body)
            server.received.append(request)
            answer = server.behaviour(request)
            if answer.drop:
                self.close_connection = True
                return
            content = answer.content()
            self.send_response(answer.status)
            fields = {"Content-Type": "application/json", **answer.headers}
            for name, value in fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if answer.truncate else content)
            if answer.truncate:
                self.close_connection = True

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") == "chunked":
                return b"".join(self._chunks())
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def _chunks(self) -> Iterator[bytes]:
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815 - names that http.server asks for

    return Handler


@contextmanager
def serving(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of a test."""
    with Server(behaviour, tls) as server:
        yield server
