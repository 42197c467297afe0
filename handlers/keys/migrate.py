"""Brings the access database's tables to the newest version, from whatever they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

VERSION_TABLE: Final = "access_version"  # other tables of the same database have their own

_SCRIPTS: Final = Path(__file__).with_name("migrations")
_LOCK: Final = 0x4E47_4143  # of migrations: processes that start together migrate one by one


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade the tables; does nothing where they are new enough."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        match connection.dialect.name:
            case "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            case "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
