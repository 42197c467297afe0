"""Which shards there are, and which of them holds which client id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "shard_map",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("map", sa.Text, nullable=False),
    )
    op.create_table(
        "client_order_ids",
        sa.Column("account_id", sa.String(64), primary_key=True),
        sa.Column("client_order_id", sa.String(64), primary_key=True),
        sa.Column("shard", sa.String(8), nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
    )
    op.create_index("client_order_ids_age", "client_order_ids", ["shard", "time"])
