"""Northgate on a socket."""

from __future__ import annotations

import socket
import sys
from typing import Final

import uvicorn

from handlers.app import assemble, create_app
from handlers.collector import relax
from handlers.settings import Settings

_DRAIN_SECONDS: Final = 10
_HEADER_OCTETS: Final = 32 * 1024


def serve(settings: Settings) -> None:
    """Run the venue until SIGINT or SIGTERM; requests in work are answered first.

    The first line on standard output is the base URL, so that port 0 can be used.
    """
    app = create_app(assemble(settings), ready=relax)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.create_server((settings.host, settings.port), family=family) as listener:
        host = f"[{settings.host}]" if family == socket.AF_INET6 else settings.host
        sys.stdout.write(f"http://{host}:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(
            app,
            access_log=False,
            h11_max_incomplete_event_size=_HEADER_OCTETS,
            log_config=None,
            # Allow-lists judge the peer's own address, never what a header claims it to be.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
            ws="none",
        )
        uvicorn.Server(config).run(sockets=[listener])
