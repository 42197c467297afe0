"""The journal: one row per command."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this version. The first journals were made without migrations and have the table."""
    op.create_table(
        "commands",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("command", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
