"""Northgate put together: the trading core, API keys and handlers behind the generated server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generated import server
from generated.server.operations import PLAN
from generated.server.runtime.app import App
from generated.server.runtime.memory import MemoryRateLimiter
from generated.server.runtime.plan import Bucket
from handlers import logs
from handlers.account import AccountData
from handlers.api_keys import ApiKeys
from handlers.clock import Clock, system_clock
from handlers.core import TradingCore
from handlers.engine import Engine
from handlers.exchange.times import SECOND
from handlers.headers import SecurityHeaders
from handlers.keys.manage import KeyManager
from handlers.keys.nonces import NonceStore
from handlers.keys.sealing import Sealer
from handlers.keys.store import KeyStore
from handlers.keys.tables import key_database, open_database
from handlers.keys.verification import VerificationKeys
from handlers.market_data import MarketData
from handlers.metrics import Metrics
from handlers.opening import journal_of, shard_names
from handlers.orders import Orders
from handlers.probes import Readiness
from handlers.refusals import PROBLEM_TYPES
from handlers.sandbox import define_instruments
from handlers.settings import Settings
from handlers.shards.core import ShardedCore
from handlers.shards.map import ShardMap
from handlers.snapshots import Cadence
from handlers.store.client_ids import ClientIds


@dataclass(frozen=True, slots=True)
class Northgate:
    """The parts of a venue that is not running yet; `engine.start()` or `app` makes it run."""

    settings: Settings
    clock: Clock
    engine: TradingCore
    keys: KeyManager
    key_store: KeyStore
    verification: server.KeyStore
    nonces: server.NonceStore
    limiter: server.RateLimiter
    metrics: Metrics
    readiness: Readiness
    owns_core: bool = True
    """Whether the core runs here, so that this process defines the sandbox's instruments."""
    background: tuple[Callable[[], Coroutine[None, None, None]], ...] = ()
    """What else runs for as long as the core does."""


def assemble(settings: Settings, clock: Clock = system_clock) -> Northgate:
    """Open the databases and put the parts together."""
    access = access_database(settings.database)
    sealer = Sealer(settings.master_key.get_secret_value())
    metrics = Metrics()
    engines = {shard: _engine(settings, shard, clock, metrics) for shard in shard_names(settings)}
    core = as_one(settings, engines)
    readiness = readiness_of(core)
    watch_core(metrics, core, readiness, settings.shards)
    url = settings.database_url
    database = open_database(access) if url is None else key_database(url.get_secret_value())
    keys = KeyStore(database, sealer)
    return Northgate(
        settings=settings,
        clock=clock,
        engine=core,
        keys=KeyManager(keys, clock),
        key_store=keys,
        verification=VerificationKeys(keys),
        nonces=NonceStore(open_database(access, durable=False), clock),
        limiter=MemoryRateLimiter(lambda: clock() / SECOND),
        metrics=metrics,
        readiness=readiness,
        background=tuple(
            Cadence(settings, partial(engines.get, shard), shard).run for shard in engines
        ),
    )


def _engine(settings: Settings, shard: str | None, clock: Clock, metrics: Metrics) -> Engine:
    journal = journal_of(settings, shard)
    client_ids = ClientIds.of(journal)
    return Engine(journal, clock, committed=metrics.committed, client_ids=client_ids)


def as_one(settings: Settings, cores: Mapping[str | None, TradingCore]) -> TradingCore:
    """The core of a venue: the only one, or all of its shards' as one."""
    if settings.shards is None:
        return cores[None]
    return ShardedCore(settings.shards, {name: cores[name] for name in settings.shards.names})


def readiness_of(core: TradingCore, also: Callable[[], bool] = lambda: True) -> Readiness:
    """Ready while any shard is served; which are not is said."""

    def notice() -> str:
        return f"without {', '.join(core.silent)}" if core.silent else ""

    return Readiness(lambda: core.is_ready and also(), notice)


def watch_core(
    metrics: Metrics, core: TradingCore, readiness: Readiness, shards: ShardMap | None = None
) -> None:
    """Show the core's state among the metrics."""
    if shards is not None:
        metrics.watch_shards(
            "northgate_shard_ready",
            "1 where the shard takes commands.",
            shards.names,
            lambda shard: float(shard not in core.silent),
        )
    metrics.watch("northgate_commands_waiting", "Commands not sequenced.", lambda: core.waiting)
    metrics.watch(
        "northgate_ready", "1 where traffic may come.", lambda: float(not readiness.reason)
    )


def create_app(northgate: Northgate, ready: Callable[[], None] = lambda: None) -> App:
    """The ASGI application; the core runs for as long as its lifespan does.

    `ready` is called once the core has recovered, before the first request.
    """
    settings, clock, engine = northgate.settings, northgate.clock, northgate.engine
    limiter = northgate.limiter

    def observe(context: server.Context, status: int, seconds: float) -> None:
        northgate.metrics.observe(context, status, seconds)
        logs.observe(context, status, seconds)

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(each()) for each in northgate.background]
        await engine.start()
        try:
            if settings.sandbox and northgate.owns_core:
                await define_instruments(engine, settings.instruments)
            ready()
            yield
        finally:
            await engine.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            northgate.key_store.close()

    app = server.create_app(
        server.Handlers(
            market_data=MarketData(engine, clock),
            orders=Orders(engine, clock),
            account=AccountData(engine, limiter, PLAN.buckets),
            api_keys=ApiKeys(northgate.keys, clock),
        ),
        auth=server.Auth(
            signature=server.SignatureAuth(
                keys=northgate.verification,
                nonces=northgate.nonces,
                authorities=frozenset(settings.authorities) or None,
                sandbox=settings.sandbox,
                clock=lambda: clock() / SECOND,
            )
        ),
        limits=server.Limits(
            body=settings.body_limit,
            depth=settings.json_depth,
            fields=settings.header_fields,
            body_seconds=settings.body_seconds,
            concurrency=settings.concurrency,
        ),
        validate_responses=server.ResponseValidation(
            rate=1.0 if settings.validate_responses else settings.response_sample,
            reject=settings.validate_responses,
            report=northgate.metrics.violation,
        ),
        rate_limiter=limiter,
        failed_auth=_failed_auth(settings),
        base_path="",
        problem_types=PROBLEM_TYPES,
        observe=observe,
        lifespan=lifespan,
    )
    app.add_middleware(SecurityHeaders)
    return app


def _failed_auth(settings: Settings) -> Bucket | None:
    """What an address may get wrong; None where nobody counts."""
    if settings.failed_auth_burst == 0:
        return None
    rate, burst = settings.failed_auth_rate, settings.failed_auth_burst
    return Bucket(name="failed_auth", rate=rate, burst=burst, partition="ip")


def access_database(database: Path) -> Path:
    """The file of keys and nonces that belongs to a journal's."""
    return database.with_name(f"{database.stem}-access{database.suffix}")
