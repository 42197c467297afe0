"""Where API keys are kept: rows in the database, and all of them in memory for verification.

Looking a key up costs the same whether it exists or not, and no database is asked. One process
owns the store; every change is in the database before it shows in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from handlers.keys.model import HMAC_SHA256, ApiKey
from handlers.keys.sealing import Sealer
from handlers.keys.tables import API_KEYS


class KeyStore:
    """API keys by id and by account."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer
        with engine.connect() as connection:
            rows = connection.execute(select(API_KEYS)).mappings().all()
        self._keys = {key.key_id: key for key in map(self._read, rows)}

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def get(self, key_id: str) -> ApiKey | None:
        """The key of this id, expired ones too."""
        return self._keys.get(key_id)

    def of_account(self, account_id: str) -> list[ApiKey]:
        """An account's keys, oldest first."""
        own = [key for key in self._keys.values() if key.account_id == account_id]
        return sorted(own, key=lambda key: (key.created_time, key.key_id))

    def add(self, key: ApiKey, *, instead_of: ApiKey | None = None) -> None:
        """Keep a new key and, in the same transaction, what became of its predecessor."""
        with self._engine.begin() as connection:
            connection.execute(insert(API_KEYS).values(self._row(key)))
            self._announce(connection, key.key_id)
            if instead_of is not None:
                self._update(connection, instead_of)
                self._announce(connection, instead_of.key_id)
        self._keys[key.key_id] = key
        if instead_of is not None:
            self._keys[instead_of.key_id] = instead_of

    def change(self, key: ApiKey) -> None:
        """Put a changed key in place of the one with its id."""
        with self._engine.begin() as connection:
            self._update(connection, key)
            self._announce(connection, key.key_id)
        self._keys[key.key_id] = key

    def remove(self, key_id: str) -> None:
        """Forget a key."""
        with self._engine.begin() as connection:
            connection.execute(delete(API_KEYS).where(API_KEYS.c.key_id == key_id))
            self._announce(connection, key_id)
        self._keys.pop(key_id, None)

    def _announce(self, connection: Connection, key_id: str) -> None:
        """Tell other processes, in the transaction that changes a key; here there are none."""

    def _update(self, connection: Connection, key: ApiKey) -> None:
        query = update(API_KEYS).where(API_KEYS.c.key_id == key.key_id)
        connection.execute(query.values(self._row(key)))

    def _row(self, key: ApiKey) -> dict[str, object]:
        material = key.material
        if key.algorithm == HMAC_SHA256:
            material = self._sealer.seal(material, key.key_id)
        return {
            "key_id": key.key_id,
            "account_id": key.account_id,
            "name": key.name,
            "algorithm": key.algorithm,
            "material": material,
            "scopes": " ".join(key.scopes),
            "ip_allow_list": " ".join(key.ip_allow_list),
            "expire_time": key.expire_time,
            "created_time": key.created_time,
            "successor_id": key.successor_id,
        }

    def _read(self, row: Mapping[Any, Any]) -> ApiKey:
        key = ApiKey(
            key_id=row["key_id"],
            account_id=row["account_id"],
            name=row["name"],
            algorithm=row["algorithm"],
            material=row["material"],
            scopes=tuple(row["scopes"].split()),
            ip_allow_list=tuple(row["ip_allow_list"].split()),
            expire_time=row["expire_time"],
            created_time=row["created_time"],
            successor_id=row["successor_id"],
        )
        if key.algorithm != HMAC_SHA256:
            return key
        return replace(key, material=self._sealer.unseal(key.material, key.key_id))
