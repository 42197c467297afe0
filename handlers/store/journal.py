"""The command journal in a relational database, durable with every commit.

One row per command. A group of commands is one transaction, so one sync of the disk stands for
all of them.

There is one writer. Who becomes it (`claim`) raises the epoch, and every group is written in
one transaction with a look at the epoch under a lock: a writer that was displaced, or that was
taken for dead and wakes up again, finds a newer epoch and writes nothing. On PostgreSQL the
writer also holds an advisory lock for as long as it is connected, so that another process
cannot displace it while it is alive; on SQLite the newest writer wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from handlers.exchange.codec import CodecError, decode, encode
from handlers.exchange.journal import Entry, JournalError
from handlers.exchange.snapshots import Packed, Snapshot
from handlers.migrating import migrate
from handlers.store import snapshots
from handlers.store.claims import Claims
from handlers.store.tables import COMMANDS, VERSIONS, WRITER

WRITER_LOCK: Final = 0x4E47_5752

_READ_AT_ONCE: Final = 1_000


class WriterBusyError(JournalError):
    """Another process is the writer, and alive."""


class SqlJournal:
    """A `Journal` over any SQLAlchemy engine; `handlers.store.databases` makes them.

    Args:
        engine: Of the database and the schema with the journal's tables.
        lock: Which advisory lock of PostgreSQL its writer holds.
        claims: Of client ids, where the venue has several journals.
    """

    def __init__(
        self, engine: Engine, *, lock: int = WRITER_LOCK, claims: Claims | None = None
    ) -> None:
        self._engine = engine
        self._lock = lock
        self.claims: Final = claims
        self._writer: Connection | None = None
        self._epoch = 0
        try:
            migrate(engine, VERSIONS)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot open the journal: {error}") from error

    def claim(self) -> None:
        """Become the one writer.

        Raises:
            WriterBusyError: On PostgreSQL, while another one is connected.
            JournalError: The database does not answer.
        """
        try:
            self._claim()
        except SQLAlchemyError as error:
            raise JournalError(f"cannot claim the journal: {error}") from error

    def _claim(self) -> None:
        writer = self._writer or self._engine.connect()
        try:
            with writer.begin():
                if writer.dialect.name == "postgresql":
                    _lock(writer, self._lock)
                raised = update(WRITER).values(epoch=WRITER.c.epoch + 1)
                writer.execute(raised)
                self._epoch = writer.execute(select(WRITER.c.epoch)).scalar_one()
        except BaseException:
            writer.close()
            self._writer = None
            raise
        self._writer = writer

    def append(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Write all entries in one transaction; with refusals where client ids are taken."""
        with self.fenced() as writer:
            if self.claims is not None:
                entries = self.claims.settle(writer, entries)
            rows = [
                {"position": p, "time": t, "command": encode(c), "source": s or None}
                for p, t, c, s in entries
            ]
            writer.execute(insert(COMMANDS), rows)
        return entries

    @contextmanager
    def fenced(self) -> Iterator[Connection]:
        """A transaction of the writer, which comes to nothing when there is a newer one.

        Raises:
            JournalError: It may or may not be committed.
        """
        if self._writer is None:
            self.claim()
        writer = self._writer
        if writer is None:
            raise JournalError("the journal has no writer")
        try:
            with writer.begin():
                yield writer
                # SQLite has one writing transaction at a time anyway; PostgreSQL locks the row,
                # so that nobody can claim the journal between this look and the commit.
                look = select(WRITER.c.epoch).with_for_update(read=True)
                if writer.execute(look).scalar_one() != self._epoch:
                    raise JournalError("somebody else has become the journal's writer")
        except SQLAlchemyError as error:
            raise JournalError(f"cannot write the journal: {error}") from error

    def look(self) -> Connection:
        """A connection to read from."""
        return self._engine.connect()

    def read(self, after: int = 0) -> Iterator[Entry]:
        """All entries behind a position, in order; a thousand at a time are fetched."""
        try:
            while page := self._page(after):
                yield from page
                after = page[-1].position
        except (SQLAlchemyError, CodecError) as error:
            raise JournalError(f"cannot read the journal: {error}") from error

    def _page(self, after: int) -> list[Entry]:
        table = COMMANDS.c
        query = (
            select(table.position, table.time, table.command, table.source)
            .where(table.position > after)
            .order_by(table.position)
            .limit(_READ_AT_ONCE)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Entry(p, t, decode(command), source or "") for p, t, command, source in rows]

    def last_source(self) -> str:
        """The source of the last entry that has one, or ""."""
        try:
            with self._engine.connect() as connection:
                return snapshots.last_source(connection)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot read the journal: {error}") from error

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots that are kept, newest first."""
        try:
            yield from snapshots.read(self._engine)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot read the snapshots: {error}") from error

    def save(self, position: int, packed: Packed) -> None:
        """Keep a snapshot; see `handlers.store.snapshots`."""
        try:
            snapshots.save(self._engine, position, packed)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot save the snapshot: {error}") from error

    def prune(self, before: int) -> int:
        """Delete entries that are older than an instant and in all kept snapshots; how many."""
        try:
            return snapshots.prune(self._engine, before)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot prune the journal: {error}") from error

    def close(self) -> None:
        """Let go of the lock, if there is one, and of all connections."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()  # closes pooled connections, and the lock ends with its session


def _lock(writer: Connection, lock: int) -> None:
    query = text("SELECT pg_try_advisory_lock(:lock)")
    if not writer.execute(query, {"lock": lock}).scalar_one():
        raise WriterBusyError("another process is the journal's writer")
