"""Nonces that have been used: what makes a replayed request fail, over restarts too."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import Engine

from handlers.clock import Clock
from handlers.dispatch import overloaded
from handlers.exchange.times import SECOND

_ADD: Final = "INSERT INTO nonces (key_id, nonce, expires) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FORGET: Final = "DELETE FROM nonces WHERE expires < ?"
_FORGET_EVERY: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Claim:
    """A nonce that a request waits for: whether it is the first to use it."""

    row: tuple[str, str, int]
    first: asyncio.Future[bool]


class NonceStore:
    """Nonces by key until their signatures have expired.

    All processes that open the same database share them: the primary key decides who was first.
    A transaction costs ten times as much as a row, so what requests claim in one turn of the
    event loop is one transaction. Statements go to the driver as they are: this is on the way of
    every signed request.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._owner = engine.raw_connection()
        self._sqlite = cast("sqlite3.Connection", self._owner.driver_connection)
        self._sqlite.isolation_level = None  # transactions begin and end where it says so
        self._clock = clock
        self._until_forgetting = 0
        self._claims: list[_Claim] = []

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.

        Raises:
            Problem: 503 where the database does not answer: nobody could tell a replay.
        """
        loop = asyncio.get_running_loop()
        claim = _Claim((key_id, nonce, expires), loop.create_future())
        self._claims.append(claim)
        if len(self._claims) == 1:
            loop.call_soon(self._settle)  # after every request that is ready now
        return await claim.first

    def _settle(self) -> None:
        claims, self._claims = self._claims, []
        try:
            firsts = self._insert(claims)
        except sqlite3.Error as error:
            for claim in claims:
                if not claim.first.done():
                    problem = overloaded()
                    problem.__cause__ = error
                    claim.first.set_exception(problem)
            return
        for claim, first in zip(claims, firsts, strict=True):
            if not claim.first.done():  # else whoever asked has been cancelled
                claim.first.set_result(first)

    def _insert(self, claims: list[_Claim]) -> list[bool]:
        execute = self._sqlite.execute
        execute("BEGIN IMMEDIATE")
        try:
            self._forget(len(claims))
            firsts = [execute(_ADD, claim.row).rowcount == 1 for claim in claims]
            execute("COMMIT")
        except BaseException:
            if self._sqlite.in_transaction:
                execute("ROLLBACK")
            raise
        return firsts

    def _forget(self, more: int) -> None:
        self._until_forgetting -= more
        if self._until_forgetting < 0:
            self._until_forgetting = _FORGET_EVERY
            # A second of grace: a signature is good until the very instant it expires.
            self._sqlite.execute(_FORGET, (self._clock() // SECOND - 1,))
