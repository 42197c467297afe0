"""API keys that several processes use: rows in PostgreSQL, and a copy in each.

Whoever changes a key says so in the same transaction (`NOTIFY`), and the others read it anew:
a revoked key is refused everywhere within milliseconds. A process that cannot hear of changes
for some seconds does not trust its copy any more and turns signed requests away.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import Final

import psycopg
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from generated.server import SigningKey
from handlers.dispatch import overloaded
from handlers.exchange.codes import RefusalError
from handlers.keys.manage import KEY_NOT_ACTIVE
from handlers.keys.model import ApiKey
from handlers.keys.sealing import Sealer
from handlers.keys.store import KeyStore
from handlers.keys.tables import API_KEYS, key_database
from handlers.keys.verification import VerificationKeys

_log = logging.getLogger(__name__)

CHANNEL: Final = "northgate_keys"
DEAF_SECONDS: Final = 5.0
_CHECK_SECONDS: Final = 1.0
_PAUSE_SECONDS: Final = 0.5


class SharedKeyStore(KeyStore):
    """A key store that follows what other processes change; `follow` must run."""

    def __init__(self, url: str, sealer: Sealer) -> None:
        super().__init__(key_database(url), sealer)
        self._heard = float("-inf")

    @property
    def is_current(self) -> bool:
        """Whether changes elsewhere are known here."""
        return monotonic() - self._heard < DEAF_SECONDS

    async def follow(self) -> None:
        """Hear of changes until cancelled; after every silence all keys are read anew."""
        target = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    target, autocommit=True, connect_timeout=int(DEAF_SECONDS)
                )
                async with connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await self._refresh(None)
                    await self._listen(connection)
            except (psycopg.Error, SQLAlchemyError, OSError) as error:
                _log.warning("changes of keys cannot be followed", exc_info=error)
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            await connection.execute("SELECT 1")  # silence is no proof that anybody is there
            self._heard = monotonic()
            async for news in connection.notifies(timeout=_CHECK_SECONDS):
                self._heard = monotonic()
                await self._refresh(news.payload)

    async def _refresh(self, key_id: str | None) -> None:
        """Read one key anew, or all; a key that did not change stays the same object."""
        fresh = await asyncio.to_thread(self._fetch, key_id)
        if key_id is None:
            self._keys = {
                i: old if (old := self._keys.get(i)) == k else k for i, k in fresh.items()
            }
        elif key_id not in fresh:
            self._keys.pop(key_id, None)
        elif self._keys.get(key_id) != fresh[key_id]:
            self._keys[key_id] = fresh[key_id]

    def _fetch(self, key_id: str | None) -> dict[str, ApiKey]:
        query = select(API_KEYS)
        if key_id is not None:
            query = query.where(API_KEYS.c.key_id == key_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return {key.key_id: key for key in map(self._read, rows)}

    def _announce(self, connection: Connection, key_id: str) -> None:
        connection.execute(
            text("SELECT pg_notify(:channel, :id)"), {"channel": CHANNEL, "id": key_id}
        )

    def _update(self, connection: Connection, key: ApiKey) -> None:
        """Change a key, unless another process has changed or revoked it since it was read."""
        table, known, row = API_KEYS.c, self._keys[key.key_id], self._row(key)
        query = update(API_KEYS).where(
            table.key_id == known.key_id,
            table.name == known.name,
            table.scopes == " ".join(known.scopes),
            table.ip_allow_list == " ".join(known.ip_allow_list),
            table.expire_time.is_not_distinct_from(known.expire_time),
            table.successor_id.is_not_distinct_from(known.successor_id),
        )
        if connection.execute(query.values(row)).rowcount != 1:
            raise RefusalError(KEY_NOT_ACTIVE, "The key was changed or revoked at the same time.")


class SharedVerificationKeys(VerificationKeys):
    """Keys for signature checks, as long as it is known that they are current."""

    def __init__(self, store: SharedKeyStore) -> None:
        super().__init__(store)
        self._shared = store

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id.

        Raises:
            Problem: 503 where it may have been revoked without this process knowing.
        """
        if not self._shared.is_current:
            raise overloaded()
        return await super().find(key_id)
