"""The engine's process, put together from settings: the engine, its probes, its snapshots."""

from __future__ import annotations

import asyncio
import signal
import socket
from functools import partial

from handlers.clock import Clock, system_clock
from handlers.cluster.processes import urls
from handlers.cluster.sequencer import Duty, run_engine
from handlers.collector import relax
from handlers.engine import Engine
from handlers.metrics import Metrics
from handlers.opening import journal_of
from handlers.probes import Readiness, probes
from handlers.sandbox import define_instruments
from handlers.serve import Operator, announce, configured, listen
from handlers.settings import Settings, SettingsError
from handlers.shards.map import MAIN
from handlers.snapshots import Cadence


def run_engine_process(settings: Settings, clock: Clock = system_clock) -> None:
    """The engine, or a standby of it, until SIGINT or SIGTERM.

    The first line on standard output is the base URL of its probes.
    """
    urls(settings)
    _require_shard(settings)
    with listen(settings.admin_host, settings.admin_port or 0) as admin:
        announce(settings.admin_host, admin)
        asyncio.run(_run(settings, clock, admin))


async def _run(settings: Settings, clock: Clock, admin: socket.socket) -> None:
    duty, metrics, stop = Duty(), Metrics(), asyncio.Event()
    # A standby is as ready as the engine: whoever rolls out a version waits for either.
    readiness = Readiness(lambda: bool(duty.role))
    _watch(metrics, duty, readiness)

    def drain() -> None:
        readiness.drain()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, drain)
    operator = Operator(configured(probes(readiness, metrics), lifespan="off", proxy_headers=False))
    beside = [
        asyncio.create_task(operator.serve(sockets=[admin])),
        asyncio.create_task(Cadence(settings, lambda: duty.engine, settings.shard).run()),
    ]
    try:
        await run_engine(
            partial(journal_of, settings, settings.shard),
            urls(settings)[1],
            clock,
            stop=stop,
            shard=settings.shard or MAIN,
            started=partial(_prepare, settings),
            duty=duty,
            committed=metrics.committed,
        )
    finally:
        operator.should_exit = True
        beside[1].cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _prepare(settings: Settings, engine: Engine) -> None:
    relax()
    if settings.sandbox:
        owned = None
        if settings.shards is not None and settings.shard is not None:
            owned = settings.shards.instruments(settings.shard)
        await define_instruments(engine, owned)


def _require_shard(settings: Settings) -> None:
    if settings.shards is not None and settings.shard is None:
        names = ", ".join(settings.shards.names)
        raise SettingsError(f"NORTHGATE_SHARD: must be set, or --shard given: one of {names}")


def _watch(metrics: Metrics, duty: Duty, readiness: Readiness) -> None:
    """Show what this process does among the metrics."""
    metrics.watch("northgate_leader", "1 in the engine, 0 in a standby.", duty.leads)
    metrics.watch("northgate_position", "Commands applied.", lambda: duty.position)
    metrics.watch("northgate_commands_waiting", "Commands not sequenced.", lambda: duty.waiting)
    metrics.watch(
        "northgate_ready", "1 in the engine or a standby.", lambda: float(not readiness.reason)
    )
