"""The port to durability: a journal of commands, and recovery from it.

The journal is written ahead: a command is on disk before it is applied, and what it does is
never written at all, because the core does the same again when the journal is replayed. So
nobody ever sees the effect of a command that a crash could take back.

Snapshots make recovery short; they decide nothing. Whatever is wrong with one, the entries are
there to be replayed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from handlers.exchange.commands import Command
from handlers.exchange.exchange import Exchange
from handlers.exchange.restoring import SnapshotError
from handlers.exchange.snapshots import Packed, Snapshot, unpack
from handlers.exchange.state import RETENTION

_log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A command at its place in the one order of all commands.

    Positions count from 1 without gaps; `time` (microseconds) never falls. `source` says where
    the command came from, for whoever hands commands in from outside (see `handlers.cluster`);
    no two entries have the same one, unless it is "".
    """

    position: int
    time: int
    command: Command
    source: str = ""


class JournalError(Exception):
    """The journal cannot be read or written; what was being written may or may not be there."""


class Journal(Protocol):
    """Where commands are kept. Used from one thread at a time."""

    def claim(self) -> None:
        """Become the one writer: whoever was before can write nothing from here on.

        Raises:
            JournalError: Also where another writer is at work and cannot be displaced.
        """
        ...

    def append(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Write all entries or none; when it returns they survive a crash of the machine.

        Gives what was written: a journal that is one of several may have put a `RefuseOrder`
        where an order's client id stands for one of another's.

        Raises:
            JournalError: Also when a position is taken or somebody else has become the writer.
        """
        ...

    def read(self, after: int = 0) -> Iterator[Entry]:
        """All entries behind a position, in order."""
        ...

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots that are kept, newest first."""
        ...

    def save(self, position: int, packed: Packed) -> None:
        """Keep a snapshot of the venue as the entries up to a position leave it.

        Not the writer's privilege: a snapshot follows from the entries, whoever takes it.

        Raises:
            JournalError: It is not kept; the entries are what they were.
        """
        ...

    def close(self) -> None:
        """Let go of all resources."""
        ...


class MemoryJournal:
    """A journal for tests and dry runs: survives nothing."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._snapshots: list[Snapshot] = []

    def claim(self) -> None:
        """Nobody else can reach it."""

    def append(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Keep entries in memory."""
        self._entries.extend(entries)
        return entries

    def read(self, after: int = 0) -> Iterator[Entry]:
        """All entries behind a position, in order."""
        return iter(self._entries[after:])

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots that are kept, newest first."""
        return reversed(self._snapshots)

    def save(self, position: int, packed: Packed) -> None:
        """Keep a snapshot in memory."""
        parts = list(packed)
        self._snapshots.append(Snapshot(position, packed.digest, lambda: parts))

    def close(self) -> None:
        """Nothing to let go of."""


def recover(journal: Journal, retention: int = RETENTION) -> tuple[Exchange, int]:
    """The venue that a journal stands for, and the position of its last command.

    Raises:
        JournalError: If an entry is missing or out of order.
    """
    exchange, position = newest_snapshot(journal, retention)
    return exchange, replay(journal, exchange, position)


def newest_snapshot(journal: Journal, retention: int = RETENTION) -> tuple[Exchange, int]:
    """The venue of the newest snapshot that can be read, and its position.

    One that cannot be read is passed over, loudly: the one before it and more of the journal
    give the same state. Where there is none it is the empty venue at 0.
    """
    for snapshot in journal.snapshots():
        try:
            return unpack(snapshot, retention), snapshot.position
        except SnapshotError as error:
            _log.error("the snapshot at %d is passed over: %s", snapshot.position, error)
    return Exchange(retention), 0


def replay(journal: Journal, exchange: Exchange, position: int) -> int:
    """Apply all entries behind a position to its venue; the position of the last one.

    Raises:
        JournalError: If an entry is missing or out of order.
    """
    for entry in journal.read(position):
        if entry.position != position + 1:
            raise JournalError(f"entry {position + 1} is missing; found {entry.position}")
        position = entry.position
        exchange.apply(entry.command, entry.time)
    return position
