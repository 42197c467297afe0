"""Parts of a cluster are killed at random under load: API processes, engines, both servers.

Clients note what they sent and what they were told. In the end the journal must hold each
acknowledged order once and as it was acknowledged, no order that nobody sent, and no order twice.
`NORTHGATE_CRASHES` sets how often (default 6, for a quick suite).
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter

import httpx
import pytest

from handlers.exchange import PlaceOrder
from handlers.exchange.journal import recover
from handlers.store.databases import postgresql_journal
from tests.cluster.processes import Processes
from tests.cluster.test_processes import order, signed

CRASHES = int(os.environ.get("NORTHGATE_CRASHES", "6"))
CLIENTS = 4
APIS = ("api-1", "api-2")
ENGINES = ("engine-1", "engine-2")
SERVERS = ("postgres", "redis")


class Trader(threading.Thread):
    """Places orders at any API process, one after the other, and remembers every answer."""

    def __init__(self, number: int, processes: Processes, account: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.number = number
        self.processes = processes
        self.auth = signed(account)
        self.sent: set[str] = set()
        self.told: dict[str, dict[str, object]] = {}
        self.unknown = 0
        self.failure: BaseException | None = None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            with httpx.Client(timeout=15, auth=self.auth) as client:
                count = 0
                while not self.done.is_set():
                    count += 1
                    self._place(client, f"t{self.number}-{count}", count)
        except BaseException as failure:  # noqa: BLE001 - shown by the test, which waits for it
            self.failure = failure

    def _place(self, client: httpx.Client, name: str, count: int) -> None:
        self.sent.add(name)
        url = self.processes.url(APIS[count % len(APIS)])
        try:
            answer = client.post(f"{url}/v1/orders", json=order(name))
        except httpx.HTTPError:
            self.unknown += 1
            time.sleep(0.05)
            return
        if answer.status_code == 201:
            self.told[name] = answer.json()
        else:
            assert answer.status_code in (429, 503, 504), answer.text
            self.unknown += answer.status_code == 504
            time.sleep(0.1)


@pytest.mark.timeout(240 + 15 * CRASHES)
def test_whatever_dies_nothing_acknowledged_is_lost_and_nothing_is_done_twice(
    postgres_server, postgres_url, redis, tmp_path
):
    rng = random.Random()  # a different instant every time is the point
    processes = Processes(postgres_url, redis.url, tmp_path)
    accounts = processes.accounts(*(f"t{n}:USD=100000000" for n in range(CLIENTS)))
    for name in (*ENGINES, *APIS):
        processes.start(name)
    traders = [Trader(n, processes, account) for n, account in enumerate(accounts)]
    try:
        processes.await_ready(*APIS)
        for trader in traders:
            trader.start()
        for _ in range(CRASHES):
            time.sleep(rng.uniform(0.3, 1.5))
            victims = rng.sample((*ENGINES, *APIS, *SERVERS), rng.randrange(1, 4))
            for name in victims:
                kill(name, processes, postgres_server, redis)
            for name in sorted(victims, key=SERVERS.__contains__, reverse=True):
                start(name, processes, postgres_server, redis)
            processes.await_ready(*APIS)
        time.sleep(1)
    finally:
        for trader in traders:
            trader.done.set()
        for trader in traders:
            if trader.ident is not None:
                trader.join(30)
        processes.end()
    for trader in traders:
        assert trader.failure is None, trader.failure
    compare(postgres_url, traders, accounts)


def kill(name, processes, postgres_server, redis) -> None:
    if name == "postgres":
        postgres_server.crash()
    elif name == "redis":
        redis.end(signal.SIGKILL)
    else:
        processes.kill(name)


def start(name, processes, postgres_server, redis) -> None:
    if name == "postgres":
        postgres_server.start()
    elif name == "redis":
        redis.start()
    else:
        processes.start(name)


def compare(postgres_url, traders, accounts) -> None:
    journal = postgresql_journal(postgres_url)
    exchange, _ = recover(journal)
    entries = list(journal.read())
    journal.close()
    assert exchange.imbalance() == {}
    commands = [e.command for e in entries if isinstance(e.command, PlaceOrder)]
    times = Counter((each.account_id, each.client_order_id) for each in commands)
    assert set(times.values()) <= {1}, "a command was carried out twice"
    for trader, account in zip(traders, accounts, strict=True):
        own = {name for owner, name in times if owner == account["account_id"]}
        assert own <= trader.sent, "the journal holds what nobody sent"
        for name, told in trader.told.items():
            view = exchange.order_by_client_id(account["account_id"], name)
            assert view.order_id == told["order_id"]
            assert view.quantity == told["quantity"]
    acknowledged = sum(len(trader.told) for trader in traders)
    unknown = sum(trader.unknown for trader in traders)
    assert acknowledged > CLIENTS
    print(f"{CRASHES} crashes, {acknowledged} acknowledged, {unknown} unknown")
