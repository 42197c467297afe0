"""A server generated from the probe contract, with handlers that echo, called in process."""

from __future__ import annotations

import asyncio
import importlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest
from wireproof.emit.names import allocate
from wireproof.emit.server import TARGET
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source import load

HERE = Path(__file__).parent


_FOLDER = tempfile.TemporaryDirectory(prefix="probe-")


def _generate(name: str) -> None:
    """Write the package of a contract beside this file: `probe` gives `probe_server`."""
    contract = build(load(HERE / f"{name}.openapi.yaml").contract)
    emission = TARGET.emit(EmitInput(contract, allocate(contexts(contract), {}), Templates()))
    assert emission.diagnostics == ()
    for file, text in emission.files.items():
        path = Path(_FOLDER.name) / f"{name}_server" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


# At import, not in a fixture, so that the tests can import the runtime from what was generated.
_generate("probe")
sys.path.insert(0, _FOLDER.name)


@pytest.fixture(scope="session")
def probe() -> ModuleType:
    """The package generated from the probe contract."""
    return importlib.import_module("probe_server")


@pytest.fixture(scope="session")
def contract_path() -> Callable[[str], Path]:
    """Where a contract of these tests lies."""
    return lambda name: HERE / f"{name}.openapi.yaml"


@pytest.fixture(scope="session")
def generate_package() -> Callable[[str], ModuleType]:
    """The package generated from another contract."""

    def generate(name: str) -> ModuleType:
        _generate(name)
        return importlib.import_module(f"{name}_server")

    return generate


@dataclass
class Answer:
    """A response."""

    status: int
    fields: list[tuple[str, str]]
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)

    def field(self, name: str) -> str | None:
        return next((value for key, value in self.fields if key == name), None)


@dataclass
class Client:
    """Calls an ASGI application with exactly the octets that a test asks for."""

    app: Any
    host: bytes = b"probe.example"
    scheme: str = "https"
    seen: list[Any] = field(default_factory=list)

    def __call__(
        self,
        method: str,
        target: str | bytes,
        *,
        body: bytes = b"",
        headers: Any = (),
        pieces: list[bytes] | None = None,
    ) -> Answer:
        raw = target.encode("latin-1") if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        fields = [(b"host", self.host)]
        if body and not any(name == "content-length" for name, _ in headers):
            fields.append((b"content-length", str(len(body)).encode()))
        if body and not any(name == "content-type" for name, _ in headers):
            fields.append((b"content-type", b"application/json"))
        fields += [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
            if value is not None
        ]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": self.scheme,
            "path": path.decode("latin-1"),
            "raw_path": path,
            "root_path": "",
            "query_string": query,
            "headers": fields,
            "client": ("192.0.2.7", 4711),
            "server": ("127.0.0.1", 443),
            "state": {},
        }
        return asyncio.run(self._call(scope, [body] if pieces is None else pieces))

    async def _call(self, scope: dict[str, Any], pieces: list[bytes]) -> Answer:
        sent: list[dict[str, Any]] = []
        waiting = list(pieces)

        async def receive() -> dict[str, Any]:
            if not waiting:
                return {"type": "http.disconnect"}
            piece = waiting.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        if not sent:
            return Answer(0, [], b"")
        start = sent[0]
        fields = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in start["headers"]]
        return Answer(start["status"], fields, b"".join(m.get("body", b"") for m in sent[1:]))


class Echo:
    """Handlers of every group: remember the call, give the answer that a test put there."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.contexts: list[Any] = []
        self.answers: dict[str, Any] = {}

    @property
    def last(self) -> dict[str, Any]:
        return self.calls[-1][1]

    def group(self, names: list[str]) -> object:
        methods = {name: staticmethod(self._method(name)) for name in names}
        return type("Group", (), methods)()

    def _method(self, name: str) -> Callable[..., Any]:
        async def method(context: Any, **arguments: Any) -> Any:
            self.calls.append((name, arguments))
            self.contexts.append(context)
            answer = self.answers.get(name)
            if isinstance(answer, Exception):
                raise answer
            return answer(context, **arguments) if callable(answer) else answer

        return method


class Anybody:
    """Authenticates nobody; for tests of other things."""

    async def authenticate(self, _context: Any) -> None:
        return None


@pytest.fixture(scope="session")
def client_of() -> type[Client]:
    """Calls any ASGI application."""
    return Client


@dataclass
class Service:
    """The probe's application with its echo."""

    package: ModuleType
    echo: Echo
    app: Any
    client: Client

    def __call__(self, method: str, target: str | bytes, **options: Any) -> Answer:
        return self.client(method, target, **options)


@pytest.fixture
def serve(probe: ModuleType) -> Callable[..., Service]:
    """Start the probe: `serve(auth={...}, **options of create_app)`."""

    def start(*, auth: dict[str, Any] | None = None, **options: Any) -> Service:
        echo = Echo()
        plan = probe.app.PLAN
        groups: dict[str, list[str]] = {}
        for operation in plan.operations:
            groups.setdefault(operation.group, []).append(operation.handler)
        handlers = probe.Handlers(**{name: echo.group(m) for name, m in groups.items()})
        given = {"key": Anybody(), "token": Anybody(), "login": Anybody(), "signature": Anybody()}
        options.setdefault("base_path", "")
        app = probe.create_app(handlers, auth=probe.Auth(**{**given, **(auth or {})}), **options)
        return Service(probe, echo, app, Client(app))

    return start


@pytest.fixture
def service(serve: Callable[..., Service]) -> Service:
    """The probe with default options."""
    return serve()
