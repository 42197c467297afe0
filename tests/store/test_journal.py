"""What a journal promises, on every backend."""

import asyncio
import time
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from handlers.core import OutcomeUnknownError, OverloadedError
from handlers.engine import Engine
from handlers.exchange import PlaceOrder
from handlers.exchange.journal import Entry, JournalError, recover
from handlers.store.databases import postgresql, postgresql_journal, sqlite_journal
from handlers.store.journal import WriterBusyError
from tests.exchange.conftest import T0, Desk


def order(n, **more) -> PlaceOrder:
    terms = {
        "account_id": "a",
        "client_order_id": f"c{n}",
        "instrument_id": "X-USD",
        "side": "sell" if n % 3 else "buy",
        "type": "limit",
        "quantity": "0.1",
        "limit_price": "10",
    }
    return PlaceOrder(**(terms | more))


def entry(n: int, source: str = "") -> Entry:
    return Entry(n, T0 + n, order(n), source)


async def until_started(engine: Engine) -> None:
    """PostgreSQL needs a moment to notice that the writer before has gone."""
    for _ in range(600):
        with suppress(WriterBusyError):
            return await engine.start()
        await asyncio.sleep(0.05)
    return await engine.start()


def test_a_group_is_written_as_a_whole_or_not_at_all(open_journal):
    journal = open_journal()
    journal.claim()
    journal.append([entry(1), entry(2)])
    with pytest.raises(JournalError):
        journal.append([entry(3), entry(2)])
    assert [each.position for each in journal.read()] == [1, 2]
    assert [each.position for each in journal.read(after=1)] == [2]
    journal.append([entry(3)])
    assert len(list(journal.read())) == 3


def test_long_journals_are_read_in_order(open_journal):
    journal = open_journal()
    entries = [entry(n) for n in range(1, 2_501)]
    journal.append(entries)
    assert list(open_journal().read()) == entries


def test_a_journal_with_a_hole_is_not_taken_for_a_venue(open_journal):
    journal = open_journal()
    journal.append([entry(1), entry(3)])
    with pytest.raises(JournalError, match="entry 2 is missing"):
        recover(journal)


def test_garbage_is_a_journal_error(open_journal):
    journal = open_journal()
    journal.append([entry(1)])
    with journal._engine.begin() as connection:
        connection.execute(text("UPDATE commands SET command = :x"), {"x": b"x"})
    with pytest.raises(JournalError, match="cannot read"):
        recover(journal)


def test_sources_are_kept_and_taken_once_only(open_journal):
    journal = open_journal()
    assert journal.last_source() == ""
    journal.append([entry(1, "7-0/0"), entry(2), entry(3, "8-0/0"), entry(4)])
    assert journal.last_source() == "8-0/0"
    assert [each.source for each in journal.read()] == ["7-0/0", "", "8-0/0", ""]
    with pytest.raises(JournalError):
        journal.append([entry(5), entry(6, "7-0/0")])
    assert len(list(journal.read())) == 4


def test_whoever_was_displaced_writes_nothing_any_more(open_journal, backend):
    first, second = open_journal(), open_journal()
    first.claim()
    first.append([entry(1)])
    if backend == "postgresql":
        with pytest.raises(WriterBusyError):
            second.claim()
        # The server takes the first one for dead; it does not know, and only sees a lost lock.
        with second._engine.begin() as connection:
            connection.execute(text("UPDATE writer SET epoch = epoch + 1"))
    else:
        second.claim()
    with pytest.raises(JournalError, match="somebody else"):
        first.append([entry(2)])
    assert [each.position for each in second.read()] == [1]


def test_claiming_waits_for_a_write_that_is_under_way_on_postgresql(postgres_url):
    """Between the look at the epoch and the commit nobody else can become the writer."""
    first = postgresql_journal(postgres_url)
    first.claim()
    with first._writer.begin():
        first._writer.execute(text("SELECT epoch FROM writer FOR SHARE"))
        other = postgresql(postgres_url)
        with other.connect() as connection:
            connection.execute(text("SET lock_timeout = 200"))
            with pytest.raises(OperationalError, match="lock timeout"):
                connection.execute(text("UPDATE writer SET epoch = epoch + 1"))
        other.dispose()
    first.close()


def test_the_lock_goes_with_the_process_that_held_it(postgres_url):
    first = postgresql_journal(postgres_url)
    first.claim()
    second = postgresql_journal(postgres_url)
    with pytest.raises(WriterBusyError):
        second.claim()
    first.close()
    for _ in range(600):  # the server needs a moment to notice
        with suppress(WriterBusyError):
            second.claim()
            break
        time.sleep(0.05)
    second.append([entry(1)])
    second.close()


def test_every_commit_waits_for_the_disk(open_journal, backend):
    journal = open_journal()
    with journal._engine.connect() as connection:
        if backend == "postgresql":
            # The test's server has it off; an operator's may, too.
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        else:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_restart_finds_everything_and_goes_on(open_journal):
    async def live(body):
        engine = Engine(open_journal(), lambda: T0)
        await until_started(engine)
        try:
            return await body(engine)
        finally:
            await engine.stop()

    async def first(engine):
        desk = Desk()
        desk.fund("a", "b", "c")
        for command, _ in desk.log:
            assert (await engine.submit(command)).refused is None
        orders = [order(n, account_id="abc"[n % 3]) for n in range(60)]
        await asyncio.gather(*map(engine.submit, orders))
        return engine.exchange.digest()

    async def second(engine):
        digest = engine.exchange.digest()
        assert (await engine.submit(order(0))).replayed
        return digest

    assert asyncio.run(live(first)) == asyncio.run(live(second))


def test_an_engine_whose_database_goes_away_stops_and_says_so(open_journal, caplog):
    async def main():
        journal = open_journal()
        engine = Engine(journal, lambda: T0)
        await engine.start()
        for command, _ in Desk().log:
            await engine.submit(command)
        with open_journal()._engine.begin() as connection:  # a newer writer, as after a failover
            connection.execute(text("UPDATE writer SET epoch = epoch + 1"))
        with pytest.raises(OutcomeUnknownError):
            await engine.submit(order(1))
        with pytest.raises(OverloadedError):
            await engine.submit(order(2))
        await engine.stop()

    asyncio.run(main())
    assert "the engine stopped" in caplog.text


def test_a_file_that_is_no_database_is_a_journal_error(tmp_path):
    path = tmp_path / "journal.db"
    path.write_bytes(b"not a database, and long enough to be looked at" * 20)
    with pytest.raises(JournalError):
        sqlite_journal(path)


@pytest.mark.parametrize("url", ["", "mysql://x/y", "postgresql"])
def test_a_url_of_something_else_is_told(url):
    with pytest.raises(JournalError, match="the database's URL"):
        postgresql(url)


def test_a_server_that_is_not_there_is_a_journal_error():
    with pytest.raises(JournalError, match="cannot open"):
        postgresql_journal("postgresql://secret:hunter2@127.0.0.1:9/x")
