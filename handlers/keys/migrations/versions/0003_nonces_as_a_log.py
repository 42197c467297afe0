"""Nonces as a log: entries by age, where there was an index by key and nonce."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """To this version. What is alive stays used: an upgrade opens no door to replays."""
    op.drop_index("ix_nonces_expires", "nonces")
    op.rename_table("nonces", "nonces_by_key")
    op.create_table(
        "nonces",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("key_id", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(256), nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO nonces (id, key_id, nonce, expires)"
        " SELECT row_number() OVER (ORDER BY expires), key_id, nonce, expires FROM nonces_by_key"
    )
    op.drop_table("nonces_by_key")
