"""The two kinds of process of a cluster, put together from settings."""

from __future__ import annotations

import asyncio
import signal

from handlers.app import Northgate, watch_core
from handlers.clock import Clock, system_clock
from handlers.cluster.budgets import RedisRateLimiter
from handlers.cluster.keys import SharedKeyStore, SharedVerificationKeys
from handlers.cluster.nonces import RedisNonceStore
from handlers.cluster.replica import Replica
from handlers.cluster.sequencer import run_engine
from handlers.cluster.wire import connect
from handlers.engine import Engine
from handlers.keys.manage import KeyManager
from handlers.keys.sealing import Sealer
from handlers.metrics import Metrics
from handlers.probes import Readiness
from handlers.sandbox import define_instruments
from handlers.settings import Settings, SettingsError
from handlers.store.databases import postgresql_journal


def urls(settings: Settings) -> tuple[str, str]:
    """The URLs of PostgreSQL and Redis.

    Raises:
        SettingsError: One of them is missing.
    """
    if settings.database_url is None or settings.redis_url is None:
        raise SettingsError("NORTHGATE_DATABASE_URL and NORTHGATE_REDIS_URL: must be set")
    return settings.database_url.get_secret_value(), settings.redis_url.get_secret_value()


def assemble_api(settings: Settings, clock: Clock = system_clock) -> Northgate:
    """An API process: everything but the engine, and nothing that others do not share."""
    database_url, redis_url = urls(settings)
    keys = SharedKeyStore(database_url, Sealer(settings.master_key.get_secret_value()))
    metrics = Metrics()
    replica = Replica(postgresql_journal(database_url), connect(redis_url), clock)
    readiness = Readiness(lambda: replica.is_ready and keys.is_current)
    watch_core(metrics, replica, readiness)
    shared = connect(redis_url)
    return Northgate(
        settings=settings,
        clock=clock,
        engine=replica,
        keys=KeyManager(keys, clock),
        key_store=keys,
        verification=SharedVerificationKeys(keys),
        nonces=RedisNonceStore(shared, clock),
        limiter=RedisRateLimiter(shared),
        metrics=metrics,
        readiness=readiness,
        owns_core=False,
        background=(keys.follow,),
    )


async def run_engine_process(settings: Settings, clock: Clock = system_clock) -> None:
    """An engine process: the engine, or a standby of it, until SIGINT or SIGTERM."""
    database_url, redis_url = urls(settings)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def prepare(engine: Engine) -> None:
        if settings.sandbox:
            await define_instruments(engine)

    await run_engine(database_url, redis_url, clock, stop=stop, started=prepare)
