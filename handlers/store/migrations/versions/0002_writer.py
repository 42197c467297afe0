"""One writer at a time, and where a command came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this version."""
    writer = op.create_table(
        "writer",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(writer, [{"only": 1, "epoch": 0}])
    op.add_column("commands", sa.Column("source", sa.String(128)))
    op.create_index(
        "commands_source",
        "commands",
        ["source"],
        unique=True,
        sqlite_where=sa.text("source IS NOT NULL"),
        postgresql_where=sa.text("source IS NOT NULL"),
    )
