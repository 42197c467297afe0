"""A cluster as people start it: processes, sockets, keys, nonces and budgets that all share."""

from __future__ import annotations

import hmac
import time
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

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


def eventually(true, patience: float = 5.0) -> None:
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
