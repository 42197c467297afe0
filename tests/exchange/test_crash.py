"""`kill -9` at random instants under load: nothing acknowledged is lost, nothing invented.

`NORTHGATE_CRASHES` sets how often (default 40, for a quick suite; hundreds for a long night).
"""

import os
import random
import time
from pathlib import Path

import pytest

from handlers.exchange import CancelOrder, Exchange, PlaceBatch, PlaceOrder, reply
from handlers.exchange.journal import recover
from tests.exchange import crash_child
from tests.exchange.crash_child import open_journal
from tests.forks import forks

CRASHES = int(os.environ.get("NORTHGATE_CRASHES", "40"))
IN_A_ROW = 8  # crashes of one journal, before a new one is begun
PATIENCE = 60
MOMENT = 0.2  # seconds, at most, that a venue works before it is killed


def crash(journal: Path | str, log: Path, run: int, delay: float) -> None:
    """Start the venue, let it work for a moment after its first word, and kill it."""
    before = log.stat().st_size if log.exists() else 0
    child = forks.Process(target=crash_child.run, args=(str(journal), str(log), str(run)))
    child.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while not log.exists() or log.stat().st_size == before:
            assert child.is_alive(), "the venue ended by itself"
            assert time.monotonic() < deadline, "the venue does not start"
            time.sleep(0.002)
        time.sleep(delay)
        assert child.is_alive(), "the venue ended by itself"
    finally:
        child.kill()
        child.join()
        child.close()


def history(log: Path) -> tuple[set[str], dict[str, str]]:
    """What clients sent, and which replies they saw; a last line that was cut is dropped."""
    lines = log.read_bytes().split(b"\n")[:-1]
    words = [line.decode().split(" ", 2) for line in lines]
    sent = {name for kind, name, *_ in words if kind == "sent"}
    done = {name: rest[0] for kind, name, *rest in words if kind == "done"}
    return sent, done


def replayed(journal: Path | str) -> tuple[Exchange, list[tuple[object, str]]]:
    """The recovered venue, and every command with the reply that recovery gives to it."""
    store = open_journal(str(journal))
    exchange, replies = Exchange(), []
    for entry in store.read():
        events = exchange.apply(entry.command, entry.time)
        replies.append((entry.command, ascii(reply(exchange, entry.command, events))))
    recovered, position = recover(store)
    assert position == len(replies)
    assert recovered.digest() == exchange.digest(), "snapshot and tail are not the whole"
    store.close()
    return exchange, replies


def name_of(command) -> str | None:
    """The name under which a client sent a command; cancels are told by their replies."""
    if isinstance(command, PlaceOrder):
        return command.client_order_id
    if isinstance(command, PlaceBatch):
        return command.items[0].client_order_id.rpartition("-")[0]
    return None


def check(journal: Path | str, log: Path) -> int:
    """Compare the disk with what clients saw; how many acknowledgements there were."""
    sent, done = history(log)
    exchange, replies = replayed(journal)
    assert exchange.imbalance() == {}
    by_name = {name: text for command, text in replies if (name := name_of(command))}
    cancels = {text for command, text in replies if isinstance(command, CancelOrder)}
    for name, text in done.items():
        assert by_name.get(name, text) == text, "recovered, but not as acknowledged"
        assert name in by_name or text in cancels, f"{name} was acknowledged and is lost"
    assert set(by_name) <= sent, "the journal holds what nobody sent"
    for account in "abc":
        for order in exchange._state.accounts[account].orders:
            name = order.request.client_order_id
            assert name in sent or name.rpartition("-")[0] in sent
    return len(done)


def crash_often(rng: random.Random, journal: Path | str, log: Path, runs: range) -> str:
    """Kill the venue of one journal again and again, then compare; says what there was."""
    for run in runs:
        crash(journal, log, run, rng.uniform(0, MOMENT))
    acknowledged = check(journal, log)
    assert acknowledged > 0
    store = open_journal(str(journal))
    snapshots = len(list(store.snapshots()))
    store.close()
    return f"{len(runs)} crashes, {acknowledged} acknowledgements, {snapshots} snapshots kept"


@pytest.mark.timeout(120 + 10 * CRASHES)
def test_kill_9_loses_nothing_and_invents_nothing(tmp_path):
    rng = random.Random()  # a different instant every time is the point
    for first in range(0, CRASHES, IN_A_ROW):
        runs = range(first, min(first + IN_A_ROW, CRASHES))
        print(crash_often(rng, tmp_path / f"journal-{first}.db", tmp_path / f"log-{first}", runs))
