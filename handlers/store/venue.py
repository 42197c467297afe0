"""What the shards of a venue share in PostgreSQL, and what each has for itself.

Shared are the tables below, in the schema that a connection has by default. The shard `main` has
its journal there too, where a venue without shards has it; every other has a schema of its own,
`northgate_NAME`, with the same tables as any journal. So a shard is migrated, dumped and watched
by itself, and nothing that reads a journal knows of shards.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema

from handlers.exchange.journal import JournalError
from handlers.migrating import Versions, migrate
from handlers.shards.map import MAIN, ShardMap, ShardMapError
from handlers.store.claims import Claims
from handlers.store.databases import postgresql, postgresql_journal, sqlite_journal
from handlers.store.journal import WRITER_LOCK, SqlJournal
from handlers.store.tables import COMMANDS

METADATA: Final = MetaData()

SHARD_MAP: Final = Table(
    "shard_map",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("map", Text, nullable=False),
)
"""One row: the map that the venue began with, and what it was extended to."""

CLIENT_ORDER_IDS: Final = Table(
    "client_order_ids",
    METADATA,
    Column("account_id", String(64), primary_key=True),
    Column("client_order_id", String(64), primary_key=True),
    Column("shard", String(8), nullable=False),
    Column("time", BigInteger, nullable=False),
)
"""Which shard holds a client id; see `handlers.store.claims`."""

Index("client_order_ids_age", CLIENT_ORDER_IDS.c.shard, CLIENT_ORDER_IDS.c.time)

VERSIONS: Final = Versions(
    METADATA, Path(__file__).with_name("venue_migrations"), "venue_version", lock=0x4E47_564E
)

_UNSHARDED: Final = "*"
_IDLE: Final = "10s"  # a frozen engine keeps nobody waiting for a client id longer than that


def agree(url: str, shards: ShardMap | None) -> None:
    """See to it that a process and the database mean the same venue, before it touches anything.

    Whoever comes first decides; later a shard may be given more instruments, and nothing else.

    Raises:
        ShardMapError: The database holds a venue that is split in another way.
        JournalError: The database does not answer.
    """
    engine = postgresql(url)
    try:
        migrate(engine, VERSIONS)
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": VERSIONS.lock})
            _agree(connection, shards)
    except SQLAlchemyError as error:
        raise JournalError(f"cannot read the map of shards: {error}") from error
    finally:
        engine.dispose()


def _agree(connection: Connection, shards: ShardMap | None) -> None:
    wanted = _UNSHARDED if shards is None else str(shards)
    stored = connection.execute(select(SHARD_MAP.c.map)).scalar_one_or_none()
    if stored is None:
        if shards is not None and _has_journal(connection):
            raise ShardMapError(_moved("this database holds a venue without shards"))
        connection.execute(insert(SHARD_MAP).values(only=1, map=wanted))
    elif stored == _UNSHARDED and shards is not None:
        raise ShardMapError(_moved("this database holds a venue without shards"))
    elif stored != _UNSHARDED and shards is None:
        raise ShardMapError(
            f"this database holds a venue with the shards {stored!r}; set NORTHGATE_SHARDS to that"
        )
    elif shards is not None and str(shards) != stored:
        if not shards.extends(ShardMap.parse(stored)):
            raise ShardMapError(_moved(f"this database holds a venue with the shards {stored!r}"))
        connection.execute(update(SHARD_MAP).values(map=wanted))


def _moved(found: str) -> str:
    return (
        f"{found}. Instruments cannot move from one shard to another, and shards cannot come or "
        "go; only instruments can be added to a shard. Start with the map that is stored, or "
        "with an empty database"
    )


def _has_journal(connection: Connection) -> bool:
    there = text("SELECT to_regclass(:name) IS NOT NULL")
    if not connection.execute(there, {"name": COMMANDS.name}).scalar_one():
        return False
    first = select(COMMANDS.c.position).limit(1)
    return connection.execute(first).scalar_one_or_none() is not None


def open_journal(path: Path, url: str | None, shard: str | None = None) -> SqlJournal:
    """A journal: the SQLite file where there is no URL, and one shard's where there are several."""
    if url is None:
        return sqlite_journal(path)
    return postgresql_journal(url) if shard is None else shard_journal(url, shard)


def shard_journal(url: str, shard: str) -> SqlJournal:
    """The journal of one shard of several; its schema and tables are made where there are none.

    Raises:
        JournalError: The database does not answer.
    """
    common = postgresql(url)
    try:
        with common.begin() as connection:
            shared = connection.execute(text("SELECT current_schema()")).scalar_one()
            lock = WRITER_LOCK if shard == MAIN else _lock_of(connection, _schema(shard))
    except SQLAlchemyError as error:
        raise JournalError(f"cannot open the shard {shard}: {error}") from error
    finally:
        common.dispose()
    schema = None if shard == MAIN else _schema(shard)
    engine = postgresql(url, schema, idle=_IDLE)
    table = CLIENT_ORDER_IDS.to_metadata(MetaData(), schema=shared)
    return SqlJournal(engine, lock=lock, claims=Claims(shard, table))


def _schema(shard: str) -> str:
    return f"northgate_{shard}"


def _lock_of(connection: Connection, schema: str) -> int:
    """The writer's lock of a schema, which is made where there is none."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": VERSIONS.lock})
    connection.execute(CreateSchema(schema, if_not_exists=True))
    oid = text("SELECT oid::bigint FROM pg_namespace WHERE nspname = :name")
    number: int = connection.execute(oid, {"name": schema}).scalar_one()
    return (WRITER_LOCK << 32) + number
