"""A venue under load that is waiting to be killed: `run(journal, log, run)`, forked by tests.

The journal is a file, or a URL of PostgreSQL. Snapshots are taken beside the load all the time.

Every line of the log is written with one system call, `sent` before a command is submitted and
`done` with the reply after it was acknowledged; a killed process loses none of them.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from handlers.engine import Engine
from handlers.exchange import CancelOrder, Command, PlaceBatch, PlaceOrder
from handlers.exchange.journal import JournalError
from handlers.store.databases import postgresql_journal, sqlite_journal
from handlers.store.journal import SqlJournal, WriterBusyError
from handlers.store.snapshotter import take
from tests.exchange.conftest import Desk

CLIENTS = 8


def open_journal(where: str) -> SqlJournal:
    return postgresql_journal(where) if "://" in where else sqlite_journal(Path(where))


async def start(engine: Engine) -> None:
    """PostgreSQL needs a moment to notice that the venue before was killed."""
    for _ in range(2_000):
        with suppress(WriterBusyError):
            return await engine.start()
        await asyncio.sleep(0.005)
    return await engine.start()


def say(log: int, *words: object) -> None:
    os.write(log, (" ".join(map(str, words)) + "\n").encode())


def order(rng: random.Random, account: str, name: str) -> PlaceOrder:
    return PlaceOrder(
        account_id=account,
        client_order_id=name,
        instrument_id="X-USD",
        side=rng.choice(("buy", "sell")),
        type="limit",
        quantity=f"0.{rng.randrange(2, 10)}",
        limit_price=f"{rng.randrange(8, 13)}",
        stp_mode="cancel_oldest",
    )


def take_snapshots(journal: str) -> None:
    """One after the other, until the process is killed."""
    store = open_journal(journal)
    while True:
        with suppress(JournalError):  # a database that is killed is the point of another test
            take(store)
        time.sleep(0.03)


async def client(engine: Engine, log: int, run: str, number: int) -> None:
    rng = random.Random(f"{run}-{number}")
    account = "abc"[number % 3]
    last = ""
    for n in range(1_000_000):
        name = f"r{run}-{number}-{n}"
        command: Command = order(rng, account, name)
        if n % 5 == 4 and last:
            command = CancelOrder(account_id=account, order_id=last)
        elif n % 7 == 6:
            items = tuple(order(rng, account, f"{name}-{k}") for k in range(3))
            command = PlaceBatch(account_id=account, items=items)
        say(log, "sent", name)
        reply = await engine.submit(command)
        say(log, "done", name, ascii(reply))
        if reply.order is not None:
            last = reply.order.order_id


async def main(journal: str, log_path: str, run: str) -> None:
    log = os.open(log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    engine = Engine(open_journal(journal), lambda: time.time_ns() // 1_000)
    await start(engine)
    if not engine.exchange.instruments():
        desk = Desk()
        desk.fund("a", "b", "c", usd="1000000", x="100000")
        for command, _ in desk.log:
            await engine.submit(command)
    threading.Thread(target=take_snapshots, args=(journal,), daemon=True).start()
    await asyncio.gather(*(client(engine, log, run, n) for n in range(CLIENTS)))


def run(journal: str, log: str, name: str) -> None:
    """Work until killed, or until the journal fails; then say why on standard error."""
    asyncio.run(main(journal, log, name))


if __name__ == "__main__":
    run(*sys.argv[1:])
