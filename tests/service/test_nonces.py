"""Nonces: the first to claim one has it, among coroutines, processes and restarts."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from generated.server import Problem
from handlers.exchange.times import SECOND
from handlers.keys.nonces import NonceStore
from handlers.keys.tables import open_database
from tests.service.in_process import FakeClock

run = asyncio.run


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "access.db"


@pytest.fixture
def nonces(file, clock):
    return NonceStore(open_database(file, durable=False), clock)


def test_a_nonce_is_good_once_per_key_over_restarts_too(file, clock, nonces):
    expires = clock.now // SECOND + 5
    assert run(nonces.add("key_1", "n", expires))
    assert not run(nonces.add("key_1", "n", expires))
    assert run(nonces.add("key_2", "n", expires))
    again = NonceStore(open_database(file), clock)
    assert not run(again.add("key_1", "n", expires))


def test_nonces_are_forgotten_only_after_they_expired(file, clock):
    expires = clock.now // SECOND + 5
    assert run(NonceStore(open_database(file), clock).add("key_1", "n", expires))
    clock.now = (expires + 1) * SECOND
    assert not run(NonceStore(open_database(file), clock).add("key_1", "n", expires))
    clock.now = (expires + 2) * SECOND
    assert run(NonceStore(open_database(file), clock).add("key_1", "n", expires))


def test_a_store_that_runs_on_forgets_too(nonces, clock):
    async def claim(first, count):
        expires = clock.now // SECOND + 5
        await asyncio.gather(*(nonces.add("key", f"{n}", expires) for n in range(first, count)))

    def kept():
        return nonces._sqlite.execute("SELECT count(*) FROM nonces").fetchone()[0]

    run(claim(0, 900))
    assert kept() == 900
    clock.now += 60 * SECOND
    run(claim(900, 2_000))  # every thousandth looks what is over
    assert kept() == 1_100


def test_what_is_claimed_in_one_turn_is_one_transaction_and_one_winner_each(nonces, clock):
    expires = clock.now // SECOND + 5
    statements = []
    nonces._sqlite.set_trace_callback(statements.append)

    async def race():
        return await asyncio.gather(*(nonces.add("key", f"n{n % 8}", expires) for n in range(32)))

    assert run(race()) == [True] * 8 + [False] * 24
    assert statements.count("COMMIT") == 1


def test_two_stores_over_one_file_agree_who_was_first(file, clock):
    stores = [NonceStore(open_database(file, durable=False), clock) for _ in range(2)]
    expires = clock.now // SECOND + 5

    async def race():
        claims = [store.add("key", f"n{n}", expires) for n in range(50) for store in stores]
        return await asyncio.gather(*claims)

    found = run(race())
    assert [found[n] + found[n + 1] for n in range(0, 100, 2)] == [1] * 50


def test_a_claim_that_nobody_waits_for_is_spent_and_harms_no_other(nonces, clock):
    expires = clock.now // SECOND + 5

    async def leave():
        gone = asyncio.create_task(nonces.add("key", "gone", expires))
        kept = asyncio.create_task(nonces.add("key", "kept", expires))
        await asyncio.sleep(0)
        gone.cancel()
        return await kept

    assert run(leave())
    assert not run(nonces.add("key", "gone", expires))


def test_without_an_answer_from_the_database_nobody_is_let_in(file, clock, nonces):
    nonces._sqlite.execute("PRAGMA busy_timeout=10")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Problem, match="503 overloaded"):
            run(nonces.add("key", "n", clock.now // SECOND + 5))
        other.execute("ROLLBACK")
    assert run(nonces.add("key", "n", clock.now // SECOND + 5))


def test_a_store_that_slept_and_one_that_forgot_all_still_agree(file, clock):
    """Were the log's newest entry forgotten, the sleeper would number its entries anew."""
    busy, sleeper = (NonceStore(open_database(file, durable=False), clock) for _ in range(2))

    async def claim(store, names):
        expires = clock.now // SECOND + 5
        return await asyncio.gather(*(store.add("key", name, expires) for name in names))

    run(claim(sleeper, ["early"]))
    run(claim(busy, [f"n{n}" for n in range(999)]))
    clock.now += 60 * SECOND
    run(claim(busy, ["late"]))  # the thousandth: all that expired is forgotten
    (kept,) = busy._sqlite.execute("SELECT count(*) FROM nonces").fetchone()
    assert kept < 5
    clock.now += 60 * SECOND
    busy._until_forgetting = 1
    run(claim(busy, ["last"]))
    assert run(claim(sleeper, ["mine", "last"])) == [True, False]
    assert run(claim(busy, ["mine"])) == [False]


def test_a_nonce_whose_commit_failed_is_not_spent(file, clock, nonces):
    expires = clock.now // SECOND + 5
    nonces._sqlite.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_DENY if action == 18 else sqlite3.SQLITE_OK  # INSERT
    )
    with pytest.raises(Problem, match="503 overloaded"):
        run(nonces.add("key", "n", expires))
    nonces._sqlite.set_authorizer(None)
    assert run(nonces.add("key", "n", expires))
    assert not run(nonces.add("key", "n", expires))
    assert not run(NonceStore(open_database(file), clock).add("key", "n", expires))
