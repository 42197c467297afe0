"""A cluster of two shards as people start it: one venue, whichever of its processes dies.

Clients place orders in both shards, some under one id in both at once, and note what they were
told. In the end each shard's journal must hold what was acknowledged there, once, and nothing that
nobody sent; no id may stand for orders in both; and the table of claims must be what the cores
hold. `NORTHGATE_CRASHES` sets how often something is killed (default 4, for a quick suite).
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select

from handlers.exchange import PlaceBatch, PlaceOrder
from handlers.exchange.journal import recover
from handlers.shards.ids import public
from handlers.store.databases import postgresql
from handlers.store.venue import CLIENT_ORDER_IDS, shard_journal
from tests.cluster.processes import Processes
from tests.cluster.test_crash import SERVERS, kill, start
from tests.cluster.test_processes import eventually, signed

CRASHES = int(os.environ.get("NORTHGATE_CRASHES", "4"))
SHARDS = {"main": "BTC-USD", "eur": "SOL-EUR"}
SETTING = "main:BTC-USD,ETH-USD;eur:SOL-EUR"
APIS = ("api-1", "api-2")
ENGINES = ("engine-main-1", "engine-main-2", "engine-eur-1", "engine-eur-2")
TRADERS = 3
MONEY = "USD=100000000,EUR=100000000"


def order(name: str, shard: str, quantity: str = "0.01") -> dict[str, str]:
    return {
        "client_order_id": name,
        "instrument_id": SHARDS[shard],
        "side": "buy",
        "type": "limit",
        "quantity": quantity,
        "limit_price": "100",
    }


@pytest.fixture
def processes(postgres_url, redis, tmp_path):
    made = Processes(postgres_url, redis.url, tmp_path, NORTHGATE_SHARDS=SETTING)
    yield made
    made.end()


class Trader(threading.Thread):
    """Places single orders, batches over both shards, and twins: one id in both shards at once.

    Now and then an order is too large; its id is used in the other shard then.
    """

    def __init__(self, number: int, processes: Processes, account: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.number = number
        self.processes = processes
        self.auth = [signed(account) for _ in APIS]
        for each in self.auth:
            each.life = 25
        self.sent: set[str] = set()
        self.told: dict[str, dict[str, str]] = {}
        self.twins: dict[str, list[int | None]] = {}
        self.refused: set[str] = set()
        self.unknown = 0
        self.again = 0
        self.failure: BaseException | None = None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            with (
                httpx.Client(timeout=15) as one,
                httpx.Client(timeout=15) as two,
                ThreadPoolExecutor(2) as pool,
            ):
                count = 0
                while not self.done.is_set():
                    count += 1
                    name = f"t{self.number}-{count}"
                    if count % 3 == 0:
                        self._twins(pool, (one, two), name)
                    elif count % 5 == 0:
                        self._batch(one, name)
                    elif count % 7 == 0:
                        self._again(one, name, count)
                    else:
                        self._place(one, name, count)
        except BaseException as failure:  # noqa: BLE001 - shown by the test, which waits for it
            self.failure = failure

    def _send(
        self, client: httpx.Client, api: int, path: str, body: object
    ) -> httpx.Response | None:
        """The answer; None where nobody knows."""
        url = self.processes.url(APIS[api])
        try:
            answer = client.post(f"{url}{path}", json=body, auth=self.auth[api])
        except httpx.HTTPError:
            self.unknown += 1
            time.sleep(0.05)
            return None
        if answer.status_code in (429, 503, 504):
            self.unknown += answer.status_code == 504
            time.sleep(0.1)
            return None if answer.status_code == 504 else answer
        return answer

    def _place(self, client: httpx.Client, name: str, count: int) -> None:
        self.sent.add(name)
        shard = ("main", "eur")[count // 2 % 2]
        answer = self._send(client, count % 2, "/v1/orders", order(name, shard))
        if answer is not None and answer.status_code == 201:
            self.told[name] = answer.json()
        elif answer is not None:
            assert answer.status_code in (429, 503), answer.text
            self.refused.add(name)

    def _again(self, client: httpx.Client, name: str, count: int) -> None:
        """An order that is refused for its size leaves its id free for the other shard."""
        shards = ("main", "eur") if count % 2 else ("eur", "main")
        self.sent.add(name)
        answer = self._send(client, 0, "/v1/orders", order(name, shards[0], "100000000"))
        if answer is None or answer.status_code != 422:
            assert answer is None or answer.status_code in (429, 503), answer.text
            return
        answer = self._send(client, 1, "/v1/orders", order(name, shards[1]))
        if answer is not None and answer.status_code == 201:
            self.told[name] = answer.json()
            self.again += 1
        elif answer is not None:
            assert answer.status_code in (429, 503), answer.text

    def _batch(self, client: httpx.Client, name: str) -> None:
        names = {f"{name}.{n}": ("main", "eur")[n % 2] for n in range(4)}
        self.sent.update(names)
        body = {"orders": [order(each, shard) for each, shard in names.items()]}
        answer = self._send(client, 0, "/v1/orders/batch", body)
        if answer is None or answer.status_code != 200:
            assert answer is None or answer.status_code in (429, 503), answer.text
            return
        for each, result in zip(names, answer.json()["results"], strict=True):
            if result["result"] == "accepted":
                self.told[each] = result["order"]
            else:
                assert result["problem"]["code"] == "overloaded", result

    def _twins(
        self, pool: ThreadPoolExecutor, clients: tuple[httpx.Client, ...], name: str
    ) -> None:
        self.sent.add(name)
        # Other terms too, so that nobody takes one for a replay of the other.
        bodies = (order(name, "main", "0.01"), order(name, "eur", "0.02"))
        asked = [
            pool.submit(self._send, client, api, "/v1/orders", body)
            for api, (client, body) in enumerate(zip(clients, bodies, strict=True))
        ]
        answers = [each.result() for each in asked]
        for answer in answers:
            if answer is not None and answer.status_code == 201:
                assert name not in self.told, "both were accepted"
                self.told[name] = answer.json()
            elif answer is not None:
                assert answer.status_code in (409, 429, 503), answer.text
        self.twins[name] = [None if each is None else each.status_code for each in answers]


@pytest.mark.timeout(240 + 15 * CRASHES)
def test_whatever_dies_each_order_is_in_one_shard_once_as_it_was_acknowledged(
    postgres_server, redis, processes
):
    rng = random.Random()  # a different instant every time is the point
    accounts = processes.accounts(*(f"t{n}:{MONEY}" for n in range(TRADERS)))
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
            time.sleep(rng.choice((0, 0, 1.0)))
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
    compare(processes.database_url, traders, accounts)


def compare(url: str, traders: list[Trader], accounts: list[dict[str, str]]) -> None:
    held: dict[tuple[str, str], str] = {}
    views = {}
    for shard in SHARDS:
        journal = shard_journal(url, shard)
        exchange, _ = recover(journal)
        assert exchange.imbalance() == {}
        times = Counter(
            (each.account_id, each.client_order_id)
            for entry in journal.read()
            for each in _placed(entry.command)
        )
        journal.close()
        assert set(times.values()) <= {1}, "a command was carried out twice"
        for key in filter(lambda key: exchange.knows(*key), times):
            assert key not in held, f"{key} is in both shards"
            held[key] = shard
            view = exchange.order_by_client_id(*key)
            views[key] = view._replace(order_id=public(shard, view.order_id))
    assert claims(url) == held, "what is claimed is what the cores hold"
    for trader, account in zip(traders, accounts, strict=True):
        owner = account["account_id"]
        own = {name for each, name in held if each == owner}
        assert own <= trader.sent, "a journal holds what nobody sent"
        assert own.isdisjoint(trader.refused), "what was refused was carried out"
        for name, told in trader.told.items():
            view = views[owner, name]
            assert (view.order_id, view.quantity) == (told["order_id"], told["quantity"])
            assert view.instrument_id == told["instrument_id"]
        for name, codes in trader.twins.items():
            if set(codes) <= {201, 409}:
                assert sorted(codes) == [201, 409], (name, codes)
    acknowledged = sum(len(trader.told) for trader in traders)
    decided = sum(set(c) == {201, 409} for t in traders for c in t.twins.values())
    unknown = sum(trader.unknown for trader in traders)
    assert acknowledged > TRADERS
    assert decided
    again = sum(trader.again for trader in traders)
    print(
        f"{CRASHES} crashes, {acknowledged} acknowledged, {unknown} unknown, "
        f"{decided} twins decided, {again} ids used again"
    )


def _placed(command: object) -> list[PlaceOrder]:
    """The orders of a command that were not refused for their ids."""
    if isinstance(command, PlaceOrder):
        return [command]
    if isinstance(command, PlaceBatch):
        return [each for each in command.items if each.client_order_id not in command.taken]
    return []


def claims(url: str) -> dict[tuple[str, str], str]:
    engine = postgresql(url)
    table = CLIENT_ORDER_IDS.c
    with engine.connect() as connection:
        rows = connection.execute(select(table.account_id, table.client_order_id, table.shard))
        found = {(account, name): shard for account, name, shard in rows}
    engine.dispose()
    return found


def test_while_one_shard_is_down_the_other_trades_and_readiness_says_which(processes):
    (account,) = processes.accounts(f"alice:{MONEY}")
    for name in ("engine-main-1", "engine-eur-1", "api-1"):
        processes.start(name)
    processes.await_ready("api-1")

    def probe(path: str) -> httpx.Response:
        return httpx.get(f"{processes.admin['api-1']}{path}")

    with httpx.Client(base_url=processes.url("api-1"), auth=signed(account), timeout=15) as client:
        there = client.post("/v1/orders", json=order("there", "eur")).json()
        assert there["order_id"].startswith("ord_eur_")
        assert probe("/readyz").text == "ready\n"
        processes.kill("engine-eur-1")
        eventually(lambda: probe("/readyz").text == "ready, but without eur\n", patience=15)
        assert probe("/readyz").status_code == 200
        assert 'northgate_shard_ready{shard="eur"} 0.0' in probe("/metrics").text
        assert 'northgate_shard_ready{shard="main"} 1.0' in probe("/metrics").text
        assert client.get("/v1/status").json()["status"] == "degraded"
        assert client.post("/v1/orders", json=order("goes", "main")).status_code == 201
        assert client.post("/v1/orders", json=order("stays", "eur")).status_code == 503
        assert client.get("/v1/orders/by-client-id/goes").status_code == 200
        assert client.get("/v1/orders/by-client-id/nowhere").status_code == 503
        assert client.delete("/v1/orders").json()["outcome"] == "unknown"
        # The claim stands although its shard is down: the id is still the account's one.
        assert client.post("/v1/orders", json=order("there", "main")).status_code == 409
        processes.start("engine-eur-2")
        eventually(lambda: probe("/readyz").text == "ready\n", patience=15)
        assert client.get("/v1/orders/by-client-id/nowhere").status_code == 404
        assert client.delete("/v1/orders").json()["order_ids"] == [there["order_id"]]


def test_processes_that_mean_another_venue_do_not_start(processes):
    assert processes.run("snapshot").stdout == "eur 0\nmain 0\n"
    other = processes.run("snapshot", NORTHGATE_SHARDS="main:BTC-USD;gbp:SOL-EUR")
    assert other.returncode == 2
    assert "cannot move from one shard to another" in other.stderr
    nameless = processes.run("engine")
    assert nameless.returncode == 2
    assert nameless.stderr == ("NORTHGATE_SHARD: must be set, or --shard given: one of eur, main\n")
