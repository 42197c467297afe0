"""Snapshots where journals lie, on both backends: they shorten recovery, and decide nothing."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import select, text

from handlers.app import assemble
from handlers.engine import Engine
from handlers.exchange import Exchange
from handlers.exchange.journal import Entry, JournalError, recover
from handlers.exchange.snapshots import Packed
from handlers.exchange.state import RETENTION
from handlers.exchange.times import DAY
from handlers.settings import Settings
from handlers.snapshots import Cadence, take
from handlers.store import snapshotter
from handlers.store.snapshots import KEPT
from handlers.store.tables import COMMANDS, PARTS, SNAPSHOTS
from tests.exchange.conftest import T0, Desk
from tests.exchange.test_determinism import busy_life
from tests.store.test_journal import order

DAYS = 40
MASTER_KEY = "A" * 43 + "="


@pytest.fixture(scope="module")
def life():
    desk = Desk()
    desk.fund("a", "b", "c")
    busy_life(desk, 150)
    return desk


@pytest.fixture
def journal(open_journal, life):
    """A journal of that life, whose commands came from a stream in part."""
    journal = open_journal()
    sources = {n: f"{n}-0/0" for n in range(20, 60)}
    entries = [Entry(n, t, c, sources.get(n, "")) for n, (c, t) in enumerate(life.log, 1)]
    journal.append(entries)
    return journal


def save(journal, life, position) -> None:
    exchange = Exchange()
    for command, instant in life.log[:position]:
        exchange.apply(command, instant)
    journal.save(position, Packed(exchange))


def rows(journal, column) -> list[object]:
    with journal._engine.connect() as connection:
        return list(connection.execute(select(column).order_by(column)).scalars())


def execute(journal, statement, **values) -> None:
    with journal._engine.begin() as connection:
        connection.execute(text(statement), values)


def test_snapshots_come_back_newest_first_and_the_last_are_kept(journal, life, open_journal):
    for position in (30, 50, 70, 90):
        save(journal, life, position)
    assert [each.position for each in open_journal().snapshots()] == [90, 70]
    assert rows(journal, SNAPSHOTS.c.position) == [70, 90]
    assert len(set(rows(journal, PARTS.c.snapshot))) == KEPT, "parts go with their snapshot"
    exchange, position = recover(open_journal())
    assert (exchange.digest(), position) == (life.exchange.digest(), len(life.log))


def test_saving_at_one_position_again_replaces_nothing_older(journal, life):
    save(journal, life, 50)
    save(journal, life, 90)
    save(journal, life, 90)
    assert rows(journal, SNAPSHOTS.c.position) == [50, 90]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE snapshot_parts SET data = :garbage WHERE position = 90",
        "DELETE FROM snapshot_parts WHERE position = 90",
        "UPDATE snapshots SET digest = 'x' WHERE position = 90",
    ],
)
def test_a_damaged_snapshot_gives_way_to_the_one_before_loudly(
    journal, life, open_journal, damage, caplog
):
    save(journal, life, 50)
    save(journal, life, 90)
    execute(journal, damage, **({"garbage": b"garbage"} if ":garbage" in damage else {}))
    exchange, position = recover(open_journal())
    assert (exchange.digest(), position) == (life.exchange.digest(), len(life.log))
    assert "the snapshot at 90 is passed over" in caplog.text
    assert "at 50" not in caplog.text


def test_when_all_are_damaged_everything_is_replayed(journal, life, open_journal, caplog):
    save(journal, life, 50)
    save(journal, life, 90)
    execute(journal, "UPDATE snapshots SET digest = 'x'")
    exchange, _ = recover(open_journal())
    assert exchange.digest() == life.exchange.digest()
    assert "the snapshot at 90 is passed over" in caplog.text
    assert "the snapshot at 50 is passed over" in caplog.text


class Torn:
    """A snapshot whose making is cut short after its first part, as by a crash."""

    digest = ""

    def __iter__(self):
        yield b"the first part"
        raise OSError("the power is gone")


def test_a_snapshot_that_was_cut_short_does_not_count_and_is_cleared_away(
    journal, life, open_journal
):
    save(journal, life, 50)
    with pytest.raises(OSError, match="power"):
        journal.save(60, Torn())
    assert [each.position for each in open_journal().snapshots()] == [50]
    assert recover(open_journal())[0].digest() == life.exchange.digest()
    assert 60 in rows(journal, PARTS.c.position)
    save(journal, life, 70)
    save(journal, life, 90)
    assert set(rows(journal, PARTS.c.position)) == {70, 90}


def test_two_that_are_taken_at_once_do_not_spoil_each_other(journal, life, open_journal):
    """The older one finds its parts cleared away by the newer ones, and says so."""
    other = open_journal()

    class Overtaken:
        digest = "x"

        def __iter__(self):
            yield b"the first part"
            for position in (70, 90):
                save(other, life, position)

    with pytest.raises(JournalError, match="newer"):
        journal.save(60, Overtaken())
    assert [each.position for each in open_journal().snapshots()] == [90, 70]
    assert set(rows(journal, PARTS.c.position)) == {70, 90}


def test_the_snapshotter_saves_what_the_journal_holds_once(journal, life):
    assert snapshotter.take(journal) == len(life.log)
    assert snapshotter.take(journal) == len(life.log)
    assert rows(journal, SNAPSHOTS.c.position) == [len(life.log)]
    assert len(rows(journal, COMMANDS.c.position)) == len(life.log), "the journal is kept"


def aged(journal, life) -> Exchange:
    """Let the life rest for so long that all of it is past every retention."""
    exchange = Exchange()
    later = Desk()
    later.fund("d")
    log = [*life.log, *((command, time + DAYS * DAY) for command, time in later.log)]
    for command, instant in log:
        exchange.apply(command, instant)
    first = len(life.log) + 1
    journal.append([Entry(n, t, c) for n, (c, t) in enumerate(log[first - 1 :], first)])
    return exchange


def test_only_what_is_old_and_in_every_snapshot_is_pruned(journal, life, open_journal):
    save(journal, life, 50)
    exchange = aged(journal, life)
    snapshotter.take(journal, journal_days=31)
    # The older snapshot has 50 commands; the rest may be needed behind it.
    assert rows(journal, COMMANDS.c.position)[0] == 51
    snapshotter.take(journal, journal_days=31)
    assert rows(journal, COMMANDS.c.position)[0] == 51, "nothing new to take, nothing to prune"
    for recovered in (recover(journal), recover(open_journal())):
        assert recovered[0].digest() == exchange.digest()
    execute(journal, "UPDATE snapshots SET digest = 'x' WHERE position > 50")
    assert recover(open_journal())[0].digest() == exchange.digest()


def test_what_is_young_is_never_pruned(journal, life):
    for position in (100, len(life.log)):
        save(journal, life, position)
    snapshotter.take(journal, journal_days=31)
    assert rows(journal, COMMANDS.c.position)[0] == 1


def test_nothing_is_pruned_while_a_snapshot_cannot_be_read(journal, life, caplog):
    save(journal, life, 50)
    execute(journal, "UPDATE snapshots SET digest = 'x'")
    aged(journal, life)
    snapshotter.take(journal, journal_days=31)
    assert rows(journal, COMMANDS.c.position)[0] == 1
    assert "the journal is not pruned" in caplog.text


def test_a_pruned_journal_without_a_snapshot_is_not_taken_for_a_venue(journal, life):
    save(journal, life, 50)
    aged(journal, life)
    snapshotter.take(journal, journal_days=31)
    execute(journal, "DELETE FROM snapshots")
    with pytest.raises(JournalError, match="entry 1 is missing; found 51"):
        recover(journal)


def test_the_place_in_the_stream_outlives_pruning(journal, life, open_journal):
    """What came from the stream is pruned; the next engine still goes on behind it."""
    save(journal, life, 100)
    aged(journal, life)
    snapshotter.take(journal, journal_days=31)
    assert rows(journal, COMMANDS.c.source)[-1] is None
    assert open_journal().last_source() == "59-0/0"


def live(journal, clock, body, **options):
    async def main():
        engine = Engine(journal, clock, **options)
        await engine.start()
        for command, _ in Desk().log if not engine.exchange.instruments() else ():
            await engine.submit(command)
        try:
            return await body(engine)
        finally:
            await engine.stop()

    return asyncio.run(main())


def test_an_engine_that_ends_saves_a_snapshot_where_it_is_worth_it(open_journal):
    async def orders(engine):
        await asyncio.gather(*(engine.submit(order(n)) for n in range(60)))
        return engine.exchange.digest(), engine.position

    digest, position = live(open_journal(), lambda: T0, orders, snapshot_tail=50)
    (saved,) = open_journal().snapshots()
    assert (saved.digest, saved.position) == (digest, position)

    async def nothing(engine):
        return engine.exchange.digest(), engine.saved

    assert live(open_journal(), lambda: T0, nothing, snapshot_tail=50) == (digest, position)
    assert len(list(open_journal().snapshots())) == 1


def test_an_engine_that_failed_saves_nothing(open_journal):
    async def fail(engine):
        execute(open_journal(), "UPDATE writer SET epoch = epoch + 1")
        with pytest.raises(Exception, match="stopped"):
            await engine.submit(order(1))

    live(open_journal(), lambda: T0, fail, snapshot_tail=1)
    assert list(open_journal().snapshots()) == []


def test_an_engine_ends_well_where_no_snapshot_can_be_saved(open_journal, caplog):
    async def break_it(engine):
        await engine.submit(order(1))
        execute(open_journal(), "DROP TABLE snapshot_parts")

    live(open_journal(), lambda: T0, break_it, snapshot_tail=1)
    assert "the journal has everything" in caplog.text


@pytest.fixture
def settings(backend, tmp_path, request):
    url = request.getfixturevalue("postgres_url") if backend == "postgresql" else None
    return Settings(
        master_key=MASTER_KEY,
        database=tmp_path / "journal.db",
        database_url=url,
        snapshot_commands=100,
    )


def test_a_running_venue_has_snapshots_taken_beside_it(settings, open_journal):
    """By another process, from the disk; the venue does not wait for it."""

    async def body(engine):
        cadence = asyncio.create_task(Cadence(settings, lambda: engine).run())
        try:
            for first in range(0, 10_000, 20):
                await asyncio.gather(*(engine.submit(order(first + n)) for n in range(20)))
                await asyncio.sleep(0.1)
                if list(open_journal().snapshots()):
                    return engine.exchange.digest(), engine.position
        finally:
            cadence.cancel()
            await asyncio.gather(cadence, return_exceptions=True)
        raise AssertionError("no snapshot was taken")

    digest, position = live(open_journal(), lambda: T0, body, snapshot_tail=10**9)
    exchange, end = recover(open_journal())
    assert (exchange.digest(), end) == (digest, position)


def test_a_snapshotter_that_fails_is_logged_and_the_venue_goes_on(tmp_path, caplog):
    task = snapshotter.Task(database=tmp_path / "no" / "such" / "folder.db")
    assert asyncio.run(take(task)) is False
    assert "no snapshot was taken" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_snapshotter_that_is_killed_at_any_moment_spoils_nothing(settings, open_journal, life):
    """Its work is done, or it is not; the venue's own is never touched."""
    journal = open_journal()
    journal.append([Entry(n, t, c) for n, (c, t) in enumerate(life.log, 1)])
    url = settings.database_url
    task = snapshotter.Task(
        database=settings.database, database_url=None if url is None else url.get_secret_value()
    )
    for delay in (0.3, 0.45, 0.55, 0.65):
        process = subprocess.Popen(
            [sys.executable, "-m", "handlers.store.snapshotter"], stdin=subprocess.PIPE
        )
        process.stdin.write(task.model_dump_json().encode())
        process.stdin.close()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        exchange, position = recover(open_journal())
        assert (exchange.digest(), position) == (life.exchange.digest(), len(life.log))


def test_an_operator_takes_one_by_hand(settings, open_journal, life):
    journal = open_journal()
    journal.append([Entry(n, t, c) for n, (c, t) in enumerate(life.log, 1)])
    url = settings.database_url
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NORTHGATE_")}
    environment |= {"NORTHGATE_MASTER_KEY": MASTER_KEY}
    environment |= {} if url is None else {"NORTHGATE_DATABASE_URL": url.get_secret_value()}
    done = subprocess.run(
        [sys.executable, "-m", "handlers", "snapshot", "--database", settings.database],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert (done.returncode, done.stdout) == (0, f"{len(life.log)}\n"), done.stderr
    assert [each.position for each in journal.snapshots()] == [len(life.log)]


def test_the_retention_of_client_ids_cannot_be_undercut():
    with pytest.raises(ValueError, match="journal_days"):
        Settings(master_key=MASTER_KEY, journal_days=30)
    assert RETENTION <= 31 * DAY


def test_the_assembled_venue_watches_the_cadence(tmp_path):
    northgate = assemble(Settings(master_key=MASTER_KEY, database=tmp_path / "v.db"))
    assert len(northgate.background) == 1
    asyncio.run(northgate.engine.stop())
