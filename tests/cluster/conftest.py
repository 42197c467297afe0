"""Real servers, and parts of a cluster that run in the test's own process."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.store.servers import Postgres, Redis, postgres, redis_server

_names = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """A database that nobody has used yet."""
    return postgres_server.url(f"cluster{next(_names)}")


@pytest.fixture
def redis() -> Iterator[Redis]:
    with redis_server() as server:
        yield server
