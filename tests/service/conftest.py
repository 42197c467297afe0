"""Fixtures: the contract, and a venue in this process with clients that sign.

Every test of a venue runs over SQLite and over PostgreSQL. `NORTHGATE_TEST_STORE=sqlite` or
`=postgresql` runs them over one alone, `=shards` over a venue of two shards in PostgreSQL.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretBytes, SecretStr

from handlers.app import assemble, create_app
from handlers.settings import Settings
from handlers.shards.map import ShardMap
from tests.service.contract_reading import Documented, Place, operations, root
from tests.service.in_process import HOST, Client, FakeClock, Judge, Venue, run
from tests.store.servers import Postgres, postgres

STORE = os.environ.get("NORTHGATE_TEST_STORE")
STORES = (STORE,) if STORE else ("sqlite", "postgresql")

# What the tests trade in belongs to both.
SHARDS = ShardMap.parse("btc:BTC-USD,ETH-USD;eur:SOL-EUR")

_names = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres(fsync=False) as server:
        yield server


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    """`sqlite`, `postgresql` or `shards`."""
    return str(getattr(request, "param", STORES[0]))  # other folders borrow the fixture alone


@pytest.fixture(scope="session")
def contract() -> Place:
    return root()


@pytest.fixture(scope="session")
def documented_operations() -> list[Documented]:
    return operations()


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def settings(tmp_path: Path, store: str, request: pytest.FixtureRequest) -> Settings:
    url = None
    if store == "shards" and request.module.__name__.endswith("test_examples"):
        pytest.skip("the contract's examples show ids and numbers of a venue without shards")
    if store != "sqlite":
        server: Postgres = request.getfixturevalue("postgres_server")
        url = SecretStr(server.url(f"service{next(_names)}"))
    return Settings(
        database=tmp_path / "northgate.db",
        database_url=url,
        shards=SHARDS if store == "shards" else None,
        master_key=SecretBytes(bytes(range(32))),
        authorities=(HOST,),
        sandbox=True,
        validate_responses=True,
    )


@pytest.fixture
def venue(settings: Settings, judge: Judge) -> Iterator[Venue]:
    clock = FakeClock()
    northgate = assemble(settings, clock)
    with run(create_app(northgate)) as http:
        yield Venue(northgate, http, clock, judge)


@pytest.fixture
def public(venue: Venue) -> Client:
    return venue.client()


@pytest.fixture
def alice(venue: Venue) -> Client:
    return venue.client(venue.open("alice", ("USD", "100000")))


@pytest.fixture
def bob(venue: Venue) -> Client:
    return venue.client(venue.open("bob", ("USD", "1000"), ("BTC", "2")))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "settings" in metafunc.fixturenames:
        metafunc.parametrize("store", STORES, indirect=True)
    if "documented" in metafunc.fixturenames:
        found = operations()
        metafunc.parametrize("documented", found, ids=[each.id for each in found])
