"""The journal's tables, as the newest migration leaves them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table

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
