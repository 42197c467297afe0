"""Tables of API keys and of nonces, and an engine for them.

They have a database of their own: the journal's commits, which wait for the disk, never hold up
the check of a signature.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import StaticPool

from handlers.migrating import Versions, migrate
from handlers.store.databases import postgresql

METADATA: Final = MetaData()

API_KEYS: Final = Table(
    "api_keys",
    METADATA,
    Column("key_id", String(64), primary_key=True),
    Column("account_id", String(64), nullable=False, index=True),
    Column("name", String(64), nullable=False),
    Column("algorithm", String(16), nullable=False),
    Column("material", LargeBinary, nullable=False),  # a public key, or a sealed secret
    Column("scopes", String(64), nullable=False),
    Column("ip_allow_list", String(2048), nullable=False),
    Column("expire_time", BigInteger),
    Column("created_time", BigInteger, nullable=False),
    Column("successor_id", String(64)),
)

NONCES: Final = Table(
    "nonces",
    METADATA,
    Column(
        "id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("key_id", String(64), nullable=False),
    Column("nonce", String(256), nullable=False),
    Column("expires", BigInteger, nullable=False),
)

VERSIONS: Final = Versions(
    METADATA, Path(__file__).with_name("migrations"), "access_version", lock=0x4E47_4143
)


def open_database(path: Path | None, *, durable: bool = True) -> Engine:
    """An engine over a SQLite file, made where there is none yet; None is in memory.

    All use is from the event loop's thread and in short transactions, over one connection. Other
    processes may have the same file open.

    Args:
        path: The file.
        durable: Whether what was committed outlives a loss of power, and not only of the process.
            Keys are worth the wait for the disk. Nonces are not: each is good for 30 s at most,
            what it guards has a name that is unique for weeks, and every request pays for it.
    """
    engine = create_engine(
        "sqlite://" if path is None else f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", partial(_set_up, "FULL" if durable else "NORMAL"))
    migrate(engine, VERSIONS)
    return engine


def key_database(url: str) -> Engine:
    """An engine over PostgreSQL, where keys of several processes lie."""
    engine = postgresql(url)
    migrate(engine, VERSIONS)
    return engine


def _set_up(synchronous: str, connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    # First: that other processes open the file at the same time is no error.
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", f"synchronous={synchronous}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
