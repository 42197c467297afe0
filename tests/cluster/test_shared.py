"""What API processes share beside the venue: nonces, budgets, keys."""

import asyncio
import signal
import time
from base64 import b64encode
from contextlib import asynccontextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generated.server import Problem
from generated.server.runtime.plan import Bucket
from handlers.cluster.budgets import RedisRateLimiter
from handlers.cluster.keys import SharedKeyStore, SharedVerificationKeys
from handlers.cluster.nonces import RedisNonceStore
from handlers.cluster.wire import connect
from handlers.exchange.codes import RefusalError
from handlers.keys.manage import KeyChange, KeyManager, KeyRequest
from handlers.keys.sealing import Sealer

SCOPES = ("read", "trade", "manage")


def clock() -> int:
    return time.time_ns() // 1_000


def test_a_nonce_is_new_to_one_process_only(redis):
    async def main():
        one, two = (RedisNonceStore(connect(redis.url), clock) for _ in range(2))
        expires = clock() // 1_000_000 + 5
        answers = await asyncio.gather(
            *(store.add("key", f"n{n}", expires) for n in range(50) for store in (one, two))
        )
        assert answers.count(True) == 50
        assert await one.add("other", "n1", expires)
        assert not await two.add("other", "n1", expires)
        # Names cannot run into each other.
        assert await one.add("a:b", "c", expires)
        assert await one.add("a", "b:c", expires)
        left = await one._redis.pttl("northgate:nonce:3:key:n1")
        assert 4_000 < left <= 7_100
        redis.end(signal.SIGKILL)
        with pytest.raises(Problem) as refused:
            await one.add("key", "n99", expires)
        assert refused.value.status == 503
        for store in (one, two):
            await store._redis.aclose()

    asyncio.run(main())


def test_a_budget_is_one_for_all_processes(redis):
    async def main():
        clients = [connect(redis.url) for _ in range(2)]
        limiters = [RedisRateLimiter(client) for client in clients]
        bucket = Bucket(name="orders", rate=0.01, burst=20)  # a token in 100 s: none comes back
        decisions = await asyncio.gather(
            *(limiters[n % 2].take(bucket, "alice", 1) for n in range(60))
        )
        assert sum(each.allowed for each in decisions) == 20
        last = await limiters[0].take(bucket, "alice", 10)
        assert not last.allowed
        assert 900 < last.retry_after <= 1000
        assert 1900 < last.reset <= 2000
        assert (await limiters[1].take(bucket, "bob", 20)).remaining == 0
        assert (await limiters[0].take(bucket, "alice", 0)).allowed
        quick = Bucket(name="reads", rate=100.0, burst=1)
        assert (await limiters[0].take(quick, "alice", 1)).allowed
        await asyncio.sleep(0.02)
        assert (await limiters[1].take(quick, "alice", 1)).allowed
        redis.end(signal.SIGKILL)
        with pytest.raises(Problem) as refused:
            await limiters[0].take(bucket, "alice", 1)
        assert refused.value.status == 503
        for client in clients:
            await client.aclose()

    asyncio.run(main())


@asynccontextmanager
async def following(url):
    store = SharedKeyStore(url, Sealer(bytes(range(32))))
    task = asyncio.create_task(store.follow())
    await until(lambda: store.is_current)
    try:
        yield store
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        store._engine.dispose()


async def until(true):
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def ed25519_key() -> KeyRequest:
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    return KeyRequest(
        name="k", algorithm="ed25519", scopes=("read",), public_key=b64encode(public).decode()
    )


def test_changes_of_keys_are_known_everywhere(postgres_url):
    async def main():
        async with following(postgres_url) as one, following(postgres_url) as two:
            here, there = KeyManager(one, clock), SharedVerificationKeys(two)
            key = here.create("alice", ed25519_key(), SCOPES)
            secret = here.create(
                "alice", KeyRequest(name="h", algorithm="hmac-sha256", scopes=("read",)), SCOPES
            )
            await until(lambda: two.get(key.key_id) == key and two.get(secret.key_id) == secret)
            assert (await there.find(key.key_id)).material == key.material
            here.change("alice", key.key_id, KeyChange(name="new"), SCOPES)
            await until(lambda: two.get(key.key_id).name == "new")
            here.revoke("alice", key.key_id)
            await until(lambda: two.get(key.key_id) is None)
            assert await there.find(key.key_id) is None

    asyncio.run(main())


def test_of_two_changes_at_once_one_is_refused(postgres_url):
    async def main():
        async with following(postgres_url) as one, following(postgres_url) as two:
            key = KeyManager(one, clock).create("alice", ed25519_key(), SCOPES)
            await until(lambda: two.get(key.key_id) is not None)
            # Neither has heard of the other: nothing here lets the event loop run.
            KeyManager(one, clock).revoke("alice", key.key_id)
            with pytest.raises(RefusalError):
                KeyManager(two, clock).change("alice", key.key_id, KeyChange(name="x"), SCOPES)
            await until(lambda: two.get(key.key_id) is None)

    asyncio.run(main())


def test_a_process_that_hears_nothing_trusts_no_key(postgres_url):
    async def main():
        async with following(postgres_url) as store:
            keys = SharedVerificationKeys(store)
            assert await keys.find("key_x") is None
            store._heard -= 60
            with pytest.raises(Problem) as refused:
                await keys.find("key_x")
            assert refused.value.status == 503

    asyncio.run(main())
