"""Takes a snapshot, and lets go of what it makes dispensable: in a process of its own.

A snapshot follows from the journal alone, so the writer need not be asked, and never waits: this
process reads the snapshot before and the entries behind it, saves what they come to, and ends.

`python -m handlers.store.snapshotter` is told what to do on standard input (`Task`), because that
holds a database's password.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from handlers.collector import paused
from handlers.exchange.journal import JournalError, newest_snapshot, replay
from handlers.exchange.restoring import SnapshotError
from handlers.exchange.snapshots import Packed, unpack
from handlers.exchange.state import RETENTION
from handlers.exchange.times import DAY
from handlers.store.journal import SqlJournal
from handlers.store.venue import open_journal

_log = logging.getLogger(__name__)

_NICENESS: Final = 10  # the venue comes first


class Task(BaseModel):
    """Of which journal, and how many days of it are kept (None: all).

    `shard`: whose journal, where there are several.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: Path
    database_url: str | None = None
    shard: str | None = None
    journal_days: int | None = None
    retention: int = RETENTION


def take(journal: SqlJournal, journal_days: int | None = None, retention: int = RETENTION) -> int:
    """Save a snapshot of all that the journal holds now, unless there is one; its position.

    Raises:
        JournalError: The journal cannot be read or written; it is what it was.
    """
    with paused():
        exchange, saved = newest_snapshot(journal, retention)
        position = replay(journal, exchange, saved)
    if position > saved:
        journal.save(position, Packed(exchange))
    if journal_days is not None:
        _prune(journal, exchange.time - max(journal_days * DAY, retention), retention)
    return position


def _prune(journal: SqlJournal, before: int, retention: int) -> None:
    """Delete what is older and in every snapshot, once it is seen that each can be read."""
    try:
        for snapshot in journal.snapshots():
            unpack(snapshot, retention)
    except SnapshotError as error:
        _log.error("the journal is not pruned: %s", error)
        return
    journal.prune(before)


def main() -> int:
    """Carry out the task on standard input; 0 done, 1 not."""
    os.nice(_NICENESS)
    task = Task.model_validate_json(sys.stdin.buffer.read())
    try:
        journal = open_journal(task.database, task.database_url, task.shard)
        try:
            take(journal, task.journal_days, task.retention)
        finally:
            journal.close()
    except JournalError as error:
        sys.stderr.write(f"{str(error).splitlines()[0]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
