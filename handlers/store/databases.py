"""Where the journal lies: a SQLite file by default, or PostgreSQL by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from handlers.exchange.journal import JournalError
from handlers.store.journal import SqlJournal

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")

# A commit waits for the disk whatever the server's default is; and the lock of a writer whose
# machine is gone without a word is free again after some ten seconds.
_SESSION: Final = (
    "-c synchronous_commit=on -c lock_timeout=5s -c tcp_keepalives_idle=4 "
    "-c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000"
)
_CONNECT: Final[dict[str, object]] = {
    "connect_timeout": 5,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def sqlite_journal(path: Path) -> SqlJournal:
    """The embedded journal: a SQLite file, made where there is none yet."""
    engine = create_engine(
        f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _set_up)
    return SqlJournal(engine)


def postgresql_journal(url: str) -> SqlJournal:
    """The journal in PostgreSQL; its tables are made where there are none yet."""
    return SqlJournal(postgresql(url))


def postgresql(url: str, schema: str | None = None, idle: str = "") -> Engine:
    """An engine over `postgresql://...` (psycopg is the driver whether it is named or not).

    Args:
        url: Of the database.
        schema: That its tables are in; None for the one that the server would take.
        idle: How long a transaction may stand still before the server ends it; "" for ever.

    Raises:
        JournalError: If the URL is none of PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise JournalError("the database's URL cannot be read") from None
    if parsed.get_backend_name() != "postgresql":
        raise JournalError("the database's URL must begin with postgresql://")
    session = _SESSION
    if schema is not None:
        session += f" -c search_path={schema}"
    if idle:
        session += f" -c idle_in_transaction_session_timeout={idle}"
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        connect_args=_CONNECT | {"options": session},
        pool_pre_ping=True,
    )


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
