"""Brings tables to the newest version, from whatever they are. Each set of tables has its own.

The journal and the access database are versioned apart: they may lie in one database or in two.
A set's folder of versions has an `env.py` of one line, which calls `run`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Engine, MetaData, text


@dataclass(frozen=True, slots=True)
class Versions:
    """A set of tables and its history.

    Attributes:
        metadata: The tables as the newest version leaves them.
        scripts: Alembic's folder of versions.
        table: Where the database keeps the version it has.
        lock: Of PostgreSQL: processes that start together migrate one by one.
    """

    metadata: MetaData
    scripts: Path
    table: str
    lock: int


def migrate(engine: Engine, versions: Versions, revision: str = "head") -> None:
    """Upgrade the tables; does nothing where they are new enough."""
    config = Config()
    config.set_main_option("script_location", str(versions.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        match connection.dialect.name:
            case "postgresql":
                query = text("SELECT pg_advisory_xact_lock(:lock)")
                connection.execute(query, {"lock": versions.lock})
            case "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes |= {"connection": connection, "versions": versions}
        command.upgrade(config, revision)


def run() -> None:
    """Alembic's entry: migrate over the connection that `migrate` hands in."""
    given = context.config.attributes
    versions: Versions = given["versions"]
    context.configure(
        connection=given["connection"],
        target_metadata=versions.metadata,
        version_table=versions.table,
    )
    with context.begin_transaction():
        context.run_migrations()
