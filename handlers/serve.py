"""Northgate on two sockets: the contract for everybody, probes and metrics for its operator."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_network
from types import FrameType
from typing import Any

import uvicorn

from handlers.app import Northgate, assemble, create_app
from handlers.collector import relax
from handlers.guard import Guard, WireLimits
from handlers.probes import Readiness, probes
from handlers.settings import Settings
from handlers.tracing import traced
from handlers.wire import guarded

_log = logging.getLogger(__name__)


def serve(settings: Settings, assemble: Callable[[Settings], Northgate] = assemble) -> None:
    """Run what was assembled until SIGINT or SIGTERM; requests in work are answered first.

    The first line on standard output is the base URL, so that port 0 can be used; the second is
    that of the probes.
    """
    northgate = assemble(settings)
    app = create_app(northgate, ready=relax)
    metrics, readiness = northgate.metrics, northgate.readiness
    with (
        listen(settings.host, settings.port) as public,
        listen(settings.admin_host, _admin_port(settings)) as admin,
    ):
        announce(settings.host, public)
        announce(settings.admin_host, admin)
        guard = Guard(
            WireLimits(
                head_octets=settings.head_limit,
                head_seconds=settings.head_seconds,
                connections=settings.connections,
                connections_per_address=settings.connections_per_address,
            ),
            metrics.refused,
            shared=tuple(map(ip_network, settings.trusted_proxies)),
        )
        metrics.watch("northgate_connections", "Open now.", lambda: sum(guard.open.values()))
        config = configured(
            traced(app) if settings.tracing else app,
            http=guarded(guard),
            # Without one, allow-lists and limits judge the peer itself, whatever a header claims.
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_graceful_shutdown=settings.drain_seconds,
            timeout_keep_alive=settings.keep_alive_seconds,
        )
        server = Venue(config, readiness, settings.drain_delay)
        operator = Operator(
            configured(probes(readiness, metrics), lifespan="off", proxy_headers=False)
        )
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_together(server, public, operator, admin))


class Venue(uvicorn.Server):
    """Uvicorn's server that is first no longer ready, and only then no longer listens."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness, delay: float) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._delay = delay
        self._asked = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain; a second signal skips the delay."""
        self._readiness.drain()
        if self._delay and not self._asked:
            self._asked = True
            end: Callable[..., None] = super().handle_exit
            asyncio.get_running_loop().call_later(self._delay, end, sig, frame)
        else:
            super().handle_exit(sig, frame)


class Operator(uvicorn.Server):
    """The admin server: it goes when the venue has gone, whatever the signals say."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the venue."""
        yield


async def _together(
    server: uvicorn.Server, public: socket.socket, operator: uvicorn.Server, admin: socket.socket
) -> None:
    """Both servers; the probes answer from before the journal is replayed until all is over."""
    beside = asyncio.create_task(operator.serve(sockets=[admin]))
    try:
        await server.serve(sockets=[public])
    finally:
        operator.should_exit = True
        with suppress(asyncio.CancelledError):
            await beside


def _admin_port(settings: Settings) -> int:
    if settings.admin_port is not None:
        return settings.admin_port
    return settings.port + 1 if 0 < settings.port < 65535 else 0  # noqa: PLR2004 - the last port


def announce(host: str, listener: socket.socket) -> None:
    """Write a base URL to standard output."""
    name = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"http://{name}:{listener.getsockname()[1]}\n")
    sys.stdout.flush()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 is any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def configured(app: Any, **options: Any) -> uvicorn.Config:  # noqa: ANN401 - any ASGI application
    """Uvicorn as all of the venue's servers have it."""
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
        **options,
    )
