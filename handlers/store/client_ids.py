"""Keeping claims of client ids true to what a shard's core holds; see `handlers.store.claims`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from handlers.exchange.exchange import Exchange
from handlers.exchange.journal import Entry, JournalError
from handlers.exchange.times import HOUR, MINUTE
from handlers.store.claims import Claims, Key, keys_of
from handlers.store.journal import SqlJournal

_AT_ONCE: Final = 1_000

# Losing the drop of a claim with the server's memory is as a crash before it: found at recovery.
_NO_WAIT: Final = text("SET LOCAL synchronous_commit = off")


class ClientIds:
    """The client ids that a shard holds, as its engine keeps them.

    All methods but `refused` wait for the database; call them where the journal is written, while
    no command is applied.
    """

    def __init__(self, journal: SqlJournal, claims: Claims) -> None:
        self._journal = journal
        self._claims = claims
        self._swept = 0

    @classmethod
    def of(cls, journal: SqlJournal) -> ClientIds | None:
        """Those of a journal that is one of several; None for one that stands alone."""
        return None if journal.claims is None else cls(journal, journal.claims)

    def recovered(self, exchange: Exchange) -> None:
        """Drop what the last group before a crash claimed and its core then refused."""
        try:
            with self._journal.look() as connection:
                found = self._claims.since(connection, exchange.time)
        except SQLAlchemyError as error:
            raise JournalError(f"cannot read the client ids: {error}") from error
        self.drop([key for key in found if not exchange.knows(*key)])

    def refused(self, exchange: Exchange, entries: Sequence[Entry]) -> list[Key]:
        """What a group claimed and the core, which has applied it, does not hold."""
        wanted = {key for entry in entries for key in keys_of(entry.command)}
        return sorted(key for key in wanted if not exchange.knows(*key))

    def drop(self, keys: Sequence[Key]) -> None:
        """Make ids free for all shards.

        Raises:
            JournalError: They may or may not be.
        """
        if keys:
            with self._journal.fenced() as writer:
                writer.execute(_NO_WAIT)
                self._claims.drop(writer, keys)

    def is_due(self, exchange: Exchange) -> bool:
        """Whether `sweep` may have something to do."""
        return exchange.time - self._swept >= MINUTE

    def sweep(self, exchange: Exchange) -> None:
        """Drop some of what the core forgot at the end of its retention."""
        now = exchange.time
        with self._journal.fenced() as writer:
            writer.execute(_NO_WAIT)
            old = self._claims.before(writer, now - exchange.retention, _AT_ONCE)
            known = [key for key in old if exchange.knows(*key)]
            # An order may live longer than the retention; ask again in an hour.
            self._claims.keep(writer, known, now - exchange.retention + HOUR)
            self._claims.drop(writer, sorted(set(old).difference(known)))
        if len(old) < _AT_ONCE:
            self._swept = now
