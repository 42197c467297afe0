"""`kill -9` at random instants under load: nothing acknowledged is lost, nothing invented.

`NORTHGATE_CRASHES` sets how often (default 4, for a quick suite; hundreds for a long night).
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handlers.exchange import CancelOrder, Exchange, PlaceBatch, PlaceOrder, reply
from handlers.exchange.journal import recover
from tests.exchange.crash_child import open_journal

CRASHES = int(os.environ.get("NORTHGATE_CRASHES", "4"))
CHILD = Path(__file__).with_name("crash_child.py")
ROOT = CHILD.parents[2]
IN_A_ROW = 8  # crashes of one journal, before a new one is begun
PATIENCE = 60


def crash(journal: Path | str, log: Path, run: int, delay: float) -> None:
    """Start the venue, let it work for a moment after its first word, and kill it."""
    before = log.stat().st_size if log.exists() else 0
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.crash_child", journal, log, str(run)], cwd=ROOT
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not log.exists() or log.stat().st_size == before:
            assert child.poll() is None, "the venue ended by itself"
            assert time.monotonic() < deadline, "the venue does not start"
            time.sleep(0.005)
        time.sleep(delay)
        assert child.poll() is None, "the venue ended by itself"
    finally:
        child.kill()
        child.wait()


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
    assert recovered.digest() == exchange.digest()
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


@pytest.mark.timeout(120 + 10 * CRASHES)
def test_kill_9_loses_nothing_and_invents_nothing(tmp_path):
    rng = random.Random()  # a different instant every time is the point
    acknowledged = 0
    for first in range(0, CRASHES, IN_A_ROW):
        journal, log = tmp_path / f"journal-{first}.db", tmp_path / f"log-{first}"
        for run in range(first, min(first + IN_A_ROW, CRASHES)):
            crash(journal, log, run, rng.uniform(0, 0.6))
            seen = check(journal, log)
        acknowledged += seen
    assert acknowledged > 0
    print(f"{CRASHES} crashes, {acknowledged} acknowledgements")
