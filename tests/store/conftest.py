"""Journals on both backends."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handlers.store.databases import postgresql_journal, sqlite_journal
from handlers.store.journal import SqlJournal
from tests.store.servers import Postgres, postgres

_names = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """A database that nobody has used yet."""
    return postgres_server.url(f"venue{next(_names)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def open_journal(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], SqlJournal]]:
    """Opens the same journal again and again; all are closed in the end."""
    opened: list[SqlJournal] = []
    url = request.getfixturevalue("postgres_url") if backend == "postgresql" else ""

    def open_it() -> SqlJournal:
        journal = postgresql_journal(url) if url else sqlite_journal(tmp_path / "journal.db")
        opened.append(journal)
        return journal

    yield open_it
    for journal in opened:
        journal.close()
