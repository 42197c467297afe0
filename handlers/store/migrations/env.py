"""Alembic's entry: migrates over the connection that `handlers.store.migrate` hands in."""

from __future__ import annotations

from alembic import context

from handlers.store.migrate import VERSION_TABLE
from handlers.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
