"""Nonces that have been used: what makes a replayed request fail, over restarts too."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import Engine

from handlers.clock import Clock
from handlers.dispatch import overloaded
from handlers.exchange.times import SECOND

_READ: Final = "SELECT id, key_id, nonce, expires FROM nonces WHERE id > ? ORDER BY id"
_ADD: Final = "INSERT INTO nonces (id, key_id, nonce, expires) VALUES (?, ?, ?, ?)"
_FORGET: Final = "DELETE FROM nonces WHERE id <= ?"
_FORGET_EVERY: Final = 1_000
_GRACE: Final = 1  # seconds: a signature is good until the very instant it expires


@dataclass(frozen=True, slots=True)
class _Claim:
    """A nonce that a request waits for: whether it is the first to use it."""

    entry: tuple[str, str]  # key id and nonce
    expires: int
    first: asyncio.Future[bool]


class NonceStore:
    """Nonces by key until their signatures have expired.

    Those that are alive lie in memory; the database is a log of them, which all processes that
    open it share. Whoever adds to the log holds the database's one lock on writing and has read
    what others added before, so the order of the log decides who was first. A log grows at its
    end: a page for many nonces, where an index of them would write a page for each.

    What requests claim in one turn of the event loop is one transaction. Statements go to the
    driver as they are: this is on the way of every signed request.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._owner = engine.raw_connection()
        self._sqlite = cast("sqlite3.Connection", self._owner.driver_connection)
        self._sqlite.isolation_level = None  # transactions begin and end where it says so
        self._clock = clock
        self._used: dict[tuple[str, str], tuple[int, int]] = {}  # id and expiry, by age
        self._last = 0  # id of the newest entry that was read or written
        self._until_forgetting = _FORGET_EVERY
        self._claims: list[_Claim] = []

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.

        Raises:
            Problem: 503 where the database does not answer: nobody could tell a replay.
        """
        loop = asyncio.get_running_loop()
        claim = _Claim((key_id, nonce), expires, loop.create_future())
        self._claims.append(claim)
        if len(self._claims) == 1:
            loop.call_soon(self._settle)  # after every request that is ready now
        return await claim.first

    def _settle(self) -> None:
        claims, self._claims = self._claims, []
        try:
            firsts = self._enter(claims)
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

    def _enter(self, claims: Sequence[_Claim]) -> list[bool]:
        """Which claims are the first of their nonce; those are in the log then."""
        new: list[tuple[int, str, str, int]] = []
        self._sqlite.execute("BEGIN IMMEDIATE")
        try:
            self._read_on()
            firsts = [self._is_first(claim, new) for claim in claims]
            self._sqlite.executemany(_ADD, new)
            self._forget(len(claims))
            self._sqlite.execute("COMMIT")
        except BaseException:
            for number, key_id, nonce, _ in new:
                self._last = min(self._last, number - 1)
                self._used.pop((key_id, nonce), None)
            if self._sqlite.in_transaction:
                self._sqlite.execute("ROLLBACK")
            raise
        return firsts

    def _read_on(self) -> None:
        """Take in what other processes have added, or what was there before this one."""
        over = self._now() - _GRACE
        for number, key_id, nonce, expires in self._sqlite.execute(_READ, (self._last,)):
            self._last = number
            if expires >= over:
                self._used[key_id, nonce] = number, expires

    def _is_first(self, claim: _Claim, new: list[tuple[int, str, str, int]]) -> bool:
        if claim.entry in self._used:
            return False
        self._last += 1
        self._used[claim.entry] = self._last, claim.expires
        new.append((self._last, *claim.entry, claim.expires))
        return True

    def _forget(self, more: int) -> None:
        """Drop the oldest entries up to one that is alive; every thousand claims."""
        self._until_forgetting -= more
        if self._until_forgetting > 0:
            return
        self._until_forgetting = _FORGET_EVERY
        over, end = self._now() - _GRACE, 0
        gone = []
        for entry, (number, expires) in self._used.items():
            if expires >= over:
                break
            gone.append(entry)
            end = number
        for entry in gone:
            del self._used[entry]
        # The newest entry stays, whatever its age: from it other processes know where the log is.
        self._sqlite.execute(_FORGET, (min(end, self._last - 1),))

    def _now(self) -> int:
        return self._clock() // SECOND
