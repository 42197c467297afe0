"""API keys, and nonces that have been used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this version. The first databases were made without migrations and have the tables."""
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("algorithm", sa.String(16), nullable=False),
        sa.Column("material", sa.LargeBinary, nullable=False),
        sa.Column("scopes", sa.String(64), nullable=False),
        sa.Column("ip_allow_list", sa.String(2048), nullable=False),
        sa.Column("expire_time", sa.BigInteger),
        sa.Column("created_time", sa.BigInteger, nullable=False),
        sa.Column("successor_id", sa.String(64)),
        if_not_exists=True,
    )
    op.create_table(
        "nonces",
        sa.Column("key_id", sa.String(64), primary_key=True),
        sa.Column("nonce", sa.String(256), primary_key=True),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_index("ix_nonces_expires", "nonces", ["expires"], if_not_exists=True)
