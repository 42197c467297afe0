"""An API process of a cluster, put together from settings; see `engine_process` for the other."""

from __future__ import annotations

from handlers.app import Northgate, as_one, readiness_of, watch_core
from handlers.clock import Clock, system_clock
from handlers.cluster.budgets import RedisRateLimiter
from handlers.cluster.keys import SharedKeyStore, SharedVerificationKeys
from handlers.cluster.nonces import RedisNonceStore
from handlers.cluster.replica import Replica
from handlers.cluster.wire import connect
from handlers.keys.manage import KeyManager
from handlers.keys.sealing import Sealer
from handlers.metrics import Metrics
from handlers.opening import journal_of, shard_names
from handlers.settings import Settings, SettingsError
from handlers.shards.map import MAIN


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
    cores = {
        shard: Replica(journal_of(settings, shard), connect(redis_url), clock, shard=shard or MAIN)
        for shard in shard_names(settings)
    }
    core = as_one(settings, cores)
    readiness = readiness_of(core, lambda: keys.is_current)
    watch_core(metrics, core, readiness, settings.shards)
    shared = connect(redis_url)
    return Northgate(
        settings=settings,
        clock=clock,
        engine=core,
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
