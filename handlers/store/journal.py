"""The command journal in a relational database: SQLite in WAL mode, synced on every commit.

One row per command. A group of commands is one transaction, so one sync of the disk stands for
all of them. The primary key keeps a second writer from ever slipping a command in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from handlers.exchange.codec import CodecError, decode, encode
from handlers.exchange.journal import Entry, JournalError

METADATA: Final = MetaData()

COMMANDS: Final = Table(
    "commands",
    METADATA,
    # SQLite makes a 64-bit rowid of INTEGER only.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("time", BigInteger, nullable=False),
    Column("command", LargeBinary, nullable=False),
)

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")
_READ_AT_ONCE: Final = 1_000


class SqlJournal:
    """A `Journal` over any SQLAlchemy engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        try:
            METADATA.create_all(engine)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot open the journal: {error}") from error

    def append(self, entries: Sequence[Entry]) -> None:
        """Write all entries in one transaction."""
        rows = [{"position": p, "time": t, "command": encode(c)} for p, t, c in entries]
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(COMMANDS), rows)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot write the journal: {error}") from error

    def read(self, after: int = 0) -> Iterator[Entry]:
        """All entries behind a position, in order, a thousand at a time."""
        query = (
            select(COMMANDS.c.position, COMMANDS.c.time, COMMANDS.c.command)
            .where(COMMANDS.c.position > after)
            .order_by(COMMANDS.c.position)
            .execution_options(yield_per=_READ_AT_ONCE)
        )
        try:
            with self._engine.connect() as connection:
                for position, time, command in connection.execute(query):
                    yield Entry(position, time, decode(command))
        except (SQLAlchemyError, CodecError) as error:
            raise JournalError(f"cannot read the journal: {error}") from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def sqlite_journal(path: Path) -> SqlJournal:
    """The embedded journal: a SQLite file, made where there is none yet."""
    engine = create_engine(
        f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _set_up)
    return SqlJournal(engine)


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
