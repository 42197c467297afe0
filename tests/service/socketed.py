"""A venue of this process on a loopback socket, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.app import Northgate
from handlers.sandbox import SandboxAccount, define_instruments, open_account
from tests.service.in_process import Signature

T = TypeVar("T")


@dataclass
class Socketed:
    """A venue that listens.

    Attributes:
        northgate: Its parts.
        host: Its address.
        port: Its port.
    """

    northgate: Northgate
    host: str
    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def call(self, function: Callable[[], Awaitable[T]]) -> T:
        """Run something in the venue's event loop."""

        async def run() -> T:
            return await function()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(30)

    def open(self, name: str, *deposits: tuple[str, str]) -> SandboxAccount:
        """A new account with a key."""
        parts = self.northgate
        return self.call(lambda: open_account(parts.engine, parts.keys, name, deposits))

    def signer(self, account: SandboxAccount) -> Signature:
        """What signs for an account."""
        key = Ed25519PrivateKey.from_private_bytes(b64decode(account.private_key))
        return Signature(account.key_id, "ed25519", key.sign, self.northgate.clock)


@contextmanager
def listening(northgate: Northgate, app: Any, **options: Any) -> Iterator[Socketed]:
    """Serve an application of this venue; `options` are uvicorn's."""
    found: list[asyncio.AbstractEventLoop] = []
    ready = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", **options))

    async def main() -> None:
        serve = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not serve.done():  # noqa: ASYNC110 - uvicorn tells it by no event
            await asyncio.sleep(0.01)
        await define_instruments(northgate.engine)
        found.append(asyncio.get_running_loop())
        ready.set()
        await serve

    thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
    thread.start()
    try:
        assert ready.wait(30)
        yield Socketed(northgate, *listener.getsockname(), found[0])
    finally:
        server.should_exit = True
        thread.join(30)
