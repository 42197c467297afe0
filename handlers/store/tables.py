"""The journal's tables, as the newest migration leaves them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table

from handlers.migrating import Versions

METADATA: Final = MetaData()

COMMANDS: Final = Table(
    "commands",
    METADATA,
    # SQLite makes a 64-bit rowid of INTEGER only.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("time", BigInteger, nullable=False),
    Column("command", LargeBinary, nullable=False),
    Column("source", String(128)),
)

# The last line of defence of "exactly once": a command handed in from outside has one row at most.
Index(
    "commands_source",
    COMMANDS.c.source,
    unique=True,
    sqlite_where=COMMANDS.c.source.is_not(None),
    postgresql_where=COMMANDS.c.source.is_not(None),
)

WRITER: Final = Table(
    "writer",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
)
"""One row: how many writers there have been. Only the newest may write."""

SNAPSHOTS: Final = Table(
    "snapshots",
    METADATA,
    Column("snapshot", String(32), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("parts", Integer, nullable=False),
    Column("source", String(128)),
)
"""Snapshots that are complete. `source`: of the last command in it that has one."""

PARTS: Final = Table(
    "snapshot_parts",
    METADATA,
    Column("snapshot", String(32), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""What snapshots consist of, and what is left of those that were never completed."""

VERSIONS: Final = Versions(
    METADATA, Path(__file__).with_name("migrations"), "journal_version", lock=0x4E47_4D49
)
