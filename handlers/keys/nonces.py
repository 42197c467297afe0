"""Nonces that have been used: what makes a replayed request fail, over restarts too."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine

from handlers.clock import Clock
from handlers.exchange.times import SECOND

_ADD: Final = "INSERT INTO nonces (key_id, nonce, expires) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FORGET: Final = "DELETE FROM nonces WHERE expires < ?"
_FORGET_EVERY: Final = 1_000


class NonceStore:
    """Nonces by key until their signatures have expired.

    All processes that open the same database share them: the primary key decides who was first.
    Statements go to the driver as they are: this is on the way of every signed request.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock
        self._added = 0

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.
        """
        if self._added % _FORGET_EVERY == 0:
            # A second of grace: a signature is good until the very instant it expires.
            self._connection.exec_driver_sql(_FORGET, (self._clock() // SECOND - 1,))
        self._added += 1
        return self._connection.exec_driver_sql(_ADD, (key_id, nonce, expires)).rowcount == 1
