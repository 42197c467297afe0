"""Alembic's entry; see `handlers.migrating`."""

from handlers.migrating import run

run()
