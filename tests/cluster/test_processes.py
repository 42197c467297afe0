"""A cluster as people start it: processes, sockets, keys, nonces and budgets that all share."""

from __future__ import annotations

import hmac
import itertools
import signal
import threading
import time
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.exchange.journal import recover
from handlers.store.databases import postgresql_journal
from tests.cluster.processes import Processes
from tests.service.in_process import Signature


def signed(account) -> Signature:
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account["private_key"]))
    return Signature(account["key_id"], "ed25519", key.sign, lambda: time.time_ns() // 1_000)


def order(name: str) -> dict[str, str]:
    return {
        "client_order_id": name,
        "instrument_id": "BTC-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "0.01",
        "limit_price": "100",
    }


@pytest.fixture
def processes(postgres_url, redis, tmp_path):
    made = Processes(postgres_url, redis.url, tmp_path)
    yield made
    made.end()


def test_two_api_processes_are_one_venue(processes):
    (alice,) = processes.accounts("alice:USD=100000")
    for name in ("engine-1", "api-1", "api-2"):
        processes.start(name)
    processes.await_ready("api-1", "api-2")
    auth = signed(alice)
    with (
        httpx.Client(base_url=processes.url("api-1"), auth=auth) as one,
        httpx.Client(base_url=processes.url("api-2"), auth=auth) as two,
    ):
        placed = one.post("/v1/orders", json=order("a-1"))
        assert placed.status_code == 201, placed.text
        found = two.get("/v1/orders/by-client-id/a-1")
        assert found.status_code == 200, found.text
        assert found.json()["order_id"] == placed.json()["order_id"]
        again = two.post("/v1/orders", json=order("a-1"))
        assert (again.status_code, again.json()["replayed"]) == (200, True)
        conflict = two.post("/v1/orders", json=order("a-1") | {"quantity": "0.02"})
        assert conflict.status_code == 409

        # A request that one process has seen is a replay at the other.
        auth.change = {"nonce": "the-same-nonce-again"}
        path = "/v1/balances"
        one.headers["host"] = two.headers["host"] = "api.northgate.example"
        first, second = one.get(path), two.get(path)
        assert first.status_code == 200, first.text
        assert second.json()["code"] == "nonce_reused"
        auth.change = {}

        # One budget: together they get no more than the bucket holds and fills up with.
        bucket = next(
            each for each in one.get("/v1/rate-limits").json()["data"] if each["bucket"] == "reads"
        )
        began = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            calls = [
                pool.submit((one, two)[n % 2].get, "/v1/balances")
                for n in range(2 * bucket["burst"])
            ]
            codes = [each.result().status_code for each in calls]
        most = bucket["burst"] + bucket["rate"] * (time.monotonic() - began)
        assert set(codes) <= {200, 429}
        assert 0 < codes.count(200) <= most
        time.sleep(1)

        # A key made at one is known at the other, and revoked for both.
        body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
        key = one.post("/v1/api-keys", json=body).json()
        other = Signature(
            key["key_id"], "hmac-sha256", hmac_of(key["secret"]), lambda: time.time_ns() // 1_000
        )
        eventually(lambda: two.get("/v1/positions", auth=other).status_code == 200)
        assert two.delete(f"/v1/api-keys/{key['key_id']}").status_code == 204
        eventually(lambda: one.get("/v1/positions", auth=other).status_code == 401)


def hmac_of(secret: str):
    return lambda base: hmac.digest(secret.encode(), base, "sha256")


def eventually(true, patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("command", ["api", "engine"])
def test_without_servers_to_share_wrong_usage_is_told(command, tmp_path):
    alone = Processes("postgresql://127.0.0.1:9/x", "redis://127.0.0.1:9/0", tmp_path)
    del alone._environment["NORTHGATE_REDIS_URL"]
    done = alone.run(command)
    assert done.returncode == 2
    assert "NORTHGATE_REDIS_URL" in done.stderr
    assert "Traceback" not in done.stderr


def text_of(url: str) -> tuple[int, str]:
    answer = httpx.get(url)
    return answer.status_code, answer.text


def series(processes, name: str) -> dict[str, float]:
    lines = httpx.get(f"{processes.admin[name]}/metrics").text.splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def test_an_operator_sees_which_process_is_the_engine_and_who_stands_by(processes):
    processes.accounts("alice:USD=100000")
    processes.start("engine-1")
    one = processes.admin["engine-1"]
    assert text_of(f"{one}/healthz") == (200, "ok\n")
    eventually(lambda: text_of(f"{one}/readyz") == (200, "ready\n"))
    eventually(lambda: series(processes, "engine-1")["northgate_leader"] == 1)
    processes.start("engine-2")
    two = processes.admin["engine-2"]
    eventually(lambda: text_of(f"{two}/readyz") == (200, "ready\n"))
    seen = series(processes, "engine-1")
    assert seen["northgate_position"] >= 6, "the sandbox's instruments"
    assert seen["northgate_commit_commands_count"] > 0
    assert series(processes, "engine-2")["northgate_leader"] == 0

    processes.ask_to_end("engine-1")
    assert processes.ended("engine-1") == 0
    eventually(lambda: series(processes, "engine-2")["northgate_leader"] == 1)
    assert series(processes, "engine-2")["northgate_position"] >= seen["northgate_position"]


def test_processes_that_are_asked_to_end_answer_what_they_took(processes):
    """SIGTERM under load: to an API process, to the engine; no request that was sent is cut off."""
    accounts = processes.accounts(*(f"t{n}:USD=100000000" for n in range(4)))
    for name in ("engine-1", "engine-2", "api-1", "api-2"):
        processes.start(name)
    processes.await_ready("api-1", "api-2")
    stop = threading.Event()
    answers: list[tuple[str, int]] = []

    def trade(number: int) -> None:
        with httpx.Client(auth=signed(accounts[number]), timeout=15) as client:
            for count in itertools.count():
                if stop.is_set():
                    return
                name = f"t{number}-{count}"
                try:
                    answer = client.post(f"{processes.url('api-1')}/v1/orders", json=order(name))
                except httpx.ConnectError:
                    return  # the process does not listen any more, and took nothing
                answers.append((name, answer.status_code))
                time.sleep(0.02)

    with ThreadPoolExecutor(len(accounts)) as pool:
        traders = [pool.submit(trade, number) for number in range(len(accounts))]
        eventually(lambda: len(answers) > 20)
        processes.ask_to_end("engine-1")
        assert processes.ended("engine-1") == 0
        before = len(answers)
        eventually(lambda: len(answers) > before + 20)
        processes.ask_to_end("api-1")
        assert processes.ended("api-1") == -signal.SIGTERM  # which it passes on to itself, last
        stop.set()
        for each in traders:
            each.result()
    # While the engines change over, what was under way is answered by the next one.
    assert {status for _, status in answers} <= {201, 429, 503}
    taken = [name for name, status in answers if status == 201]
    journal = postgresql_journal(processes.database_url)
    exchange, _ = recover(journal)
    journal.close()
    owner = {f"t{n}": account["account_id"] for n, account in enumerate(accounts)}
    for name in taken:
        assert exchange.order_by_client_id(owner[name.partition("-")[0]], name)
    refused = {name for name, status in answers if status in (429, 503)}
    for account in owner.values():
        assert refused.isdisjoint(o.client_order_id for o in exchange.orders(account).items)
