"""Fixtures: the contract, and a venue in this process with clients that sign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretBytes

from handlers.app import assemble, create_app
from handlers.settings import Settings
from tests.service.contract_reading import Documented, Place, operations, root
from tests.service.in_process import HOST, Client, FakeClock, Judge, Venue, run


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
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=tmp_path / "northgate.db",
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
    if "documented" in metafunc.fixturenames:
        found = operations()
        metafunc.parametrize("documented", found, ids=[each.id for each in found])
