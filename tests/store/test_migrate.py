"""Journals of every older version open, and lose nothing."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, select, text

from handlers.exchange.codec import encode
from handlers.keys import tables as access
from handlers.migrating import migrate
from handlers.store import tables as journal
from handlers.store import venue
from handlers.store.databases import postgresql, sqlite_journal
from tests.store.test_journal import entry

JOURNAL, ACCESS, VENUE = journal.VERSIONS, access.VERSIONS, venue.VERSIONS
ALL = (JOURNAL, ACCESS, VENUE)


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
    migrate(database, JOURNAL, "0001")
    write(database, 1, 2)
    opened = open_journal()
    assert list(opened.read()) == [entry(1), entry(2)]
    opened.claim()
    opened.append([entry(3, "1-0/0")])
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
    opened = sqlite_journal(path)
    assert list(opened.read()) == [entry(1)]
    opened.append([entry(2)])
    opened.close()


@pytest.mark.parametrize("versions", ALL, ids=lambda each: each.table)
def test_migrations_lead_to_exactly_the_tables_that_the_code_uses(database, versions):
    migrate(database, versions)
    migrate(database, versions)  # the second time there is nothing to do
    with database.connect() as connection:
        options = {"version_table": versions.table, "target_metadata": versions.metadata}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, versions.metadata) == []


def test_all_sets_of_tables_live_in_one_database(database):
    """As they do on PostgreSQL; none takes another's tables for its own."""
    for versions in (*ALL, JOURNAL):
        migrate(database, versions)
    names = {name for each in ALL for name in (*each.metadata.tables, each.table)}
    assert set(inspect(database).get_table_names()) == names


def test_an_upgrade_keeps_every_key(database):
    migrate(database, ACCESS, "0001")
    row = {"key_id": "k", "account_id": "a", "name": "n", "algorithm": "ed25519", "material": b"m"}
    row |= {"scopes": "read", "ip_allow_list": "", "expire_time": None, "created_time": 1}
    row |= {"successor_id": None}
    with database.begin() as connection:
        connection.execute(insert(access.API_KEYS).values(row))
    migrate(database, ACCESS)
    with database.connect() as connection:
        assert connection.execute(select(access.API_KEYS)).mappings().all() == [row]
