"""Tables of API keys and of nonces, and an engine for them.

They have a database of their own: the journal's commits, which wait for the disk, never hold up
the check of a signature.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import StaticPool

METADATA: Final = MetaData()

API_KEYS: Final = Table(
    "api_keys",
    METADATA,
    Column("key_id", String(64), primary_key=True),
    Column("account_id", String(64), nullable=False),
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
    Column("key_id", String(64), primary_key=True),
    Column("nonce", String(256), primary_key=True),
    Column("expires", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)


def open_database(path: Path | None) -> Engine:
    """An engine over a SQLite file, made where there is none yet; None is in memory.

    All use is from the event loop's thread and in short transactions, over one connection.
    """
    engine = create_engine(
        "sqlite://" if path is None else f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    METADATA.create_all(engine)
    return engine


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    # A key that was acknowledged outlives a process that is killed. Losing the newest nonces with
    # the machine's power is harmless: no reboot is faster than the longest signature's life.
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
