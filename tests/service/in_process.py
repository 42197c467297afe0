"""A venue in this process, and clients that sign.

Requests are signed here by code written from the RFC, and responses judged by openapi-core, so
that client and server cannot be wrong in the same way.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from handlers.app import Northgate
from handlers.sandbox import SandboxAccount, open_account
from tests.service.contract_reading import SPEC

HOST = "api.northgate.example"
START = 1_795_339_800_000_000  # 2026-11-22T09:30:00Z
Sign = Callable[[bytes], bytes]

_ENOUGH = 4
_IDS = re.compile(r"(?<=/)(ord|key)_[^/]+|(?<=by-client-id/)[^/]+")


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += round(seconds * 1_000_000)


class Signature(httpx.Auth):
    """RFC 9421 by the contract's profile, written from the RFC; `change` bends its parameters."""

    requires_request_body = True

    def __init__(self, key_id: str, algorithm: str, sign: Sign, clock: Callable[[], int]) -> None:
        self.key_id = key_id
        self.algorithm = algorithm
        self.sign = sign
        self.clock = clock
        self.life = 5
        self.change: dict[str, Any] = {}
        self.tamper: Callable[[httpx.Request], None] = lambda _request: None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        now = self.clock() // 1_000_000
        members: dict[str, Any] = {
            "created": now,
            "expires": now + self.life,
            "nonce": secrets.token_urlsafe(12),
            "keyid": self.key_id,
            "alg": self.algorithm,
            "tag": "trading-v1",
            **self.change,
        }
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        lines = {
            "@method": request.method,
            "@authority": request.headers["host"],
            "@path": path,
            "@query": f"?{query}",
        }
        if request.content:
            digest = b64encode(hashlib.sha256(request.content).digest()).decode("ascii")
            lines["content-digest"] = request.headers["content-digest"] = f"sha-256=:{digest}:"
        names = " ".join(f'"{name}"' for name in lines)
        parameters = "".join(
            f";{name}={value}" if isinstance(value, int) else f';{name}="{value}"'
            for name, value in members.items()
        )
        base = [f'"{name}": {value}' for name, value in lines.items()]
        base.append(f'"@signature-params": ({names}){parameters}')
        signature = self.sign("\n".join(base).encode("ascii"))
        request.headers["signature-input"] = f"sig1=({names}){parameters}"
        request.headers["signature"] = f"sig1=:{b64encode(signature).decode('ascii')}:"
        self.tamper(request)
        yield request


class Judge:
    """openapi-core's opinion of every response."""

    def __init__(self) -> None:
        config = Config(extra_media_type_deserializers={"application/problem+json": json.loads})
        self._openapi = OpenAPI.from_file_path(str(SPEC), config=config)
        self._judged: Counter[tuple[str, str, int]] = Counter()

    def __call__(self, response: httpx.Response) -> None:
        request, path = response.request, response.request.url.path
        # It takes 40 ms for an order, and the server holds every response against the contract
        # too: the first few of a kind will do.
        kind = (request.method, _IDS.sub("{id}", path), response.status_code)
        self._judged[kind] += 1
        if self._judged[kind] > _ENOUGH:
            return
        content_type = response.headers.get("content-type", "")
        self._openapi.validate_response(
            _JudgedRequest(
                f"https://{HOST}",
                path,
                request.method.lower(),
                request.headers.get("content-type", ""),
                request.content,
                RequestParameters(
                    query=ImmutableMultiDict(request.url.params.multi_items()),
                    header=Headers(request.headers.multi_items()),
                ),
            ),
            _JudgedResponse(
                response.status_code,
                content_type,
                Headers(response.headers.multi_items()),
                response.content,
            ),
        )


@dataclass
class _JudgedRequest:
    host_url: str
    path: str
    method: str
    content_type: str
    body: bytes
    parameters: RequestParameters


@dataclass
class _JudgedResponse:
    status_code: int
    content_type: str
    headers: Headers
    data: bytes


T = TypeVar("T")


class Running:
    """An ASGI application in an event loop of its own, called without a socket."""

    def __init__(self, app: Any, portal: BlockingPortal) -> None:
        self._portal = portal
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url=f"https://{HOST}")

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.call(lambda: self._http.request(method, path, **options))

    def call(self, function: Callable[[], Awaitable[T]]) -> T:
        """Run something in the application's event loop."""
        return self._portal.call(function)


@contextmanager
def run(app: Any) -> Iterator[Running]:
    """The application from start-up to shut-down."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(_life(app)):
        yield Running(app, portal)


@asynccontextmanager
async def _life(app: Any) -> AsyncIterator[None]:
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task = asyncio.create_task(app(scope, inbox.get, outbox.put))
    for event in ("startup", "shutdown"):
        await inbox.put({"type": f"lifespan.{event}"})
        answer = await outbox.get()
        assert answer["type"] == f"lifespan.{event}.complete", answer
        if event == "startup":
            try:
                yield
            except BaseException:
                task.cancel()
                raise
    await task


class Client:
    """Calls the venue, signed by one key; every response is judged."""

    def __init__(self, http: Running, signature: Signature | None, judge: Judge) -> None:
        self._http = http
        self._judge = judge
        self.signature = signature

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A response that the contract knows."""
        response = self.raw(method, path, **options)
        self._judge(response)
        return response

    def raw(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any response at all."""
        return self._http.request(method, path, auth=self.signature, **options)

    def get(self, path: str, **options: Any) -> Any:
        """The body of a 200."""
        response = self.send("GET", path, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def place(self, name: str, side: str = "buy", **more: Any) -> httpx.Response:
        """Place a limit order for 0.25 BTC at 60000.10, unless told otherwise."""
        order = {
            "client_order_id": name,
            "instrument_id": "BTC-USD",
            "side": side,
            "type": "limit",
            "quantity": "0.25",
            "limit_price": "60000.10",
            **more,
        }
        order = {name: value for name, value in order.items() if value is not None}
        return self.send("POST", "/v1/orders", json=order)


@dataclass
class Venue:
    """A venue that runs in this process, on a clock that stands."""

    northgate: Northgate
    http: Running
    clock: FakeClock
    judge: Judge

    def open(self, name: str, *deposits: tuple[str, str], **options: Any) -> SandboxAccount:
        """A new account with a key."""

        async def call() -> SandboxAccount:
            return await open_account(
                self.northgate.engine, self.northgate.keys, name, deposits, **options
            )

        return self.http.call(call)

    def client(self, account: SandboxAccount | None = None) -> Client:
        """A client that signs for an account; without one it signs nothing."""
        if account is None:
            return Client(self.http, None, self.judge)
        key = Ed25519PrivateKey.from_private_bytes(b64decode(account.private_key))
        return self.signer(account.key_id, "ed25519", key.sign)

    def signer(self, key_id: str, algorithm: str, sign: Sign) -> Client:
        """A client that signs with any key."""
        return Client(self.http, Signature(key_id, algorithm, sign, self.clock), self.judge)
