"""Journals of every older version open, and lose nothing."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from handlers.exchange.codec import encode
from handlers.store.databases import postgresql, sqlite_journal
from handlers.store.migrate import VERSION_TABLE, migrate
from handlers.store.tables import METADATA
from tests.store.test_journal import entry


@pytest.fixture
def database(backend, tmp_path, request):
    if backend == "postgresql":
        engine = postgresql(request.getfixturevalue("postgres_url"))
    else:
        engine = create_engine(f"sqlite:///{tmp_path / 'journal.db'}")
    yield engine
    engine.dispose()


def write(engine, *numbers):
    rows = [{"p": n, "t": entry(n).time, "c": encode(entry(n).command)} for n in numbers]
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO commands VALUES (:p, :t, :c)"), rows)


def test_an_upgrade_keeps_every_command(database, open_journal):
    migrate(database, "0001")
    write(database, 1, 2)
    journal = open_journal()
    assert list(journal.read()) == [entry(1), entry(2)]
    journal.claim()
    journal.append([entry(3, "1-0/0")])
    assert list(open_journal().read()) == [entry(1), entry(2), entry(3, "1-0/0")]


def test_a_journal_from_before_migrations_is_taken_over(tmp_path):
    path = tmp_path / "journal.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE commands "
            "(position INTEGER NOT NULL PRIMARY KEY, time BIGINT NOT NULL, command BLOB NOT NULL)"
        )
    connection.close()
    engine = create_engine(f"sqlite:///{path}")
    write(engine, 1)
    engine.dispose()
    journal = sqlite_journal(path)
    assert list(journal.read()) == [entry(1)]
    journal.append([entry(2)])
    journal.close()


def test_migrations_lead_to_exactly_the_tables_that_the_code_uses(database):
    migrate(database)
    migrate(database)  # the second time there is nothing to do
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "target_metadata": METADATA}
        )
        assert compare_metadata(context, METADATA) == []
