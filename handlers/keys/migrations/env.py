"""Alembic's entry: migrates over the connection that `handlers.keys.migrate` hands in."""

from __future__ import annotations

from alembic import context

from handlers.keys.migrate import VERSION_TABLE
from handlers.keys.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
