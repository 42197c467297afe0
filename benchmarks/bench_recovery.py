"""How long a venue takes to recover: the whole journal replayed, and a snapshot with a short tail.

Run it by hand: `python benchmarks/bench_recovery.py [--commands N] [--seed N]`.

The journal is a SQLite file with `bench_core.py`'s mixed stream in it; times are of the process's
CPU. A snapshot is taken by a process of its own; the journal's writer waits for one part at most.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bench_core import START, Book, mixed, setup
from handlers.collector import paused
from handlers.exchange.journal import Entry, recover
from handlers.exchange.snapshots import Packed
from handlers.store.databases import sqlite_journal
from handlers.store.journal import SqlJournal

GROUP = 1_000


def fill(journal: SqlJournal, count: int, seed: int) -> None:
    """Write a stream to a journal."""
    rng, book = random.Random(seed), Book()  # noqa: S311 - a repeatable load, not a secret
    entries = [Entry(n, START, command) for n, command in enumerate(setup(), 1)]
    for n in range(len(entries) + 1, len(entries) + count + 1):
        command = mixed(rng, book)
        book.follow(command)
        entries.append(Entry(n, START + n, command))
    for first in range(0, len(entries), GROUP):
        journal.append(entries[first : first + GROUP])


def timed(journal: SqlJournal) -> tuple[float, str]:
    """CPU seconds of a recovery, and the digest of what it gave."""
    start = process_time()
    with paused():
        exchange, _ = recover(journal)
    return process_time() - start, exchange.digest()


def main() -> None:
    """Print both times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commands", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        journal = sqlite_journal(Path(folder) / "journal.db")
        fill(journal, options.commands, options.seed)
        replayed, whole = timed(journal)
        exchange, position = recover(journal)
        start = process_time()
        parts = list(Packed(exchange))
        packed = process_time() - start
        journal.save(position, Packed(exchange))
        restored, again = timed(journal)
        journal.close()
    if whole != again:
        sys.exit("the snapshot is not what the journal gives")
    size = sum(map(len, parts))
    print(f"{position:,} commands: replayed in {replayed:.2f} s, {restored:.2f} s from a snapshot")
    print(f"the snapshot: {size / 2**20:.1f} MiB in {len(parts)} parts, made in {packed:.2f} s")


if __name__ == "__main__":
    main()
