"""An index of keys by account: what lists them, and what limits their number."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this version."""
    op.create_index("ix_api_keys_account_id", "api_keys", ["account_id"])
