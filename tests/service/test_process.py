"""Northgate as people start it: a process, a socket, a file, and a kill in between."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.service.in_process import Signature

ROOT = Path(__file__).parents[2]
MASTER = b64encode(bytes(range(32))).decode()
ORDER = {
    "client_order_id": "a-1",
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}


def environment(database, **more):
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("NORTHGATE_")},
        "NORTHGATE_MASTER_KEY": MASTER,
        "NORTHGATE_DATABASE": str(database),
        "NORTHGATE_PORT": "0",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def handlers(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "handlers", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=variables.pop("cwd", ROOT),
        env=environment(**variables) if variables else {"PATH": os.environ["PATH"]},
    )


@contextmanager
def serving(database, **more):
    """The process and its base URL; ended with SIGKILL."""
    log = database.with_suffix(".log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "handlers", "serve"],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=ROOT,
        env=environment(database, **more),
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        log.close()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "venue.db"


@pytest.fixture
def account(database):
    done = handlers("sandbox", "--account", "alice:USD=100000,BTC=1", database=database)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    return found


def signed(account):
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account["private_key"]))
    return Signature(account["key_id"], "ed25519", key.sign, lambda: time.time_ns() // 1000)


def test_an_acknowledged_order_and_its_keys_survive_kill_9(database, account):
    with serving(database) as (_, url), httpx.Client(base_url=url, auth=signed(account)) as client:
        placed = client.post("/v1/orders", json=ORDER)
        assert placed.status_code == 201, placed.text
        balances = client.get("/v1/balances").json()
    with serving(database) as (_, url), httpx.Client(base_url=url, auth=signed(account)) as client:
        again = client.post("/v1/orders", json=ORDER)
        assert again.status_code == 200
        assert again.json()["replayed"] is True
        assert again.json()["order_id"] == placed.json()["order_id"]
        assert client.get("/v1/balances").json() == balances


def test_a_request_is_not_replayed_over_a_restart(database, account):
    auth = signed(account)
    now = int(time.time())
    auth.change = {"nonce": "once", "created": now, "expires": now + 30}
    for status in (200, 401):
        with serving(database) as (_, url), httpx.Client(base_url=url) as client:
            request = client.build_request(
                "GET", "/v1/balances", headers={"host": "api.northgate.example"}
            )
            response = client.send(request, auth=auth)
            assert response.status_code == status, response.text
    assert response.json()["code"] == "nonce_reused"


def test_sigterm_drains_and_logs_are_json_without_secrets(database, account):
    auth = signed(account)
    with serving(database, NORTHGATE_SANDBOX="1") as (process, url):
        with httpx.Client(base_url=url, auth=auth) as client:
            key = client.post(
                "/v1/api-keys", json={"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
            ).json()
            request_id = client.get("/v1/orders?limit=77").headers["x-request-id"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)
    text = database.with_suffix(".log").read_text()
    entries = [json.loads(line) for line in text.splitlines()]
    logged = [each for each in entries if each.get("request_id") == request_id]
    assert [(each["operation"], each["status"]) for each in logged] == [("listOrders", 200)]
    assert logged[0]["account"] == account["account_id"]
    assert logged[0]["key"] == account["key_id"]
    for secret in (key["secret"], MASTER, account["private_key"], "limit=77", "sig1"):
        assert secret not in text


def test_only_a_trusted_proxy_says_whose_request_it_carries(database, account):
    auth = signed(account)

    def status(url, forwarded):
        headers = {"x-forwarded-for": forwarded}
        return httpx.get(f"{url}/v1/balances", auth=auth, headers=headers).status_code

    allowed = {"ip_allow_list": ["192.0.2.7"]}
    with serving(database) as (_, url):
        path = f"{url}/v1/api-keys/{account['key_id']}"
        assert httpx.patch(path, json=allowed, auth=auth).status_code == 200
        assert status(url, "192.0.2.7") == 403  # nobody is believed who is not named
    with serving(database, NORTHGATE_TRUSTED_PROXIES="127.0.0.0/8") as (_, url):
        assert status(url, "192.0.2.7") == 200
        assert status(url, "198.51.100.1, 192.0.2.7") == 200
        assert status(url, "192.0.2.7, 198.51.100.1") == 403  # the first is the client's own word
        assert status(url, "nonsense") == 403


def test_a_second_process_over_the_same_file_is_told_and_harms_nothing(database, account):
    auth = signed(account)
    with serving(database) as (_, url), httpx.Client(base_url=url, auth=auth) as client:
        for command in (["serve"], ["sandbox", "--account", "bob:USD=1"]):
            done = handlers(*command, database=database)
            assert done.returncode == 1
            assert done.stderr.startswith(f"{database}: another process runs this venue.")
        assert client.post("/v1/orders", json=ORDER).status_code == 201
    with serving(database) as (_, url):  # killed: the file is free again
        assert httpx.get(f"{url}/v1/orders", auth=auth).status_code == 200


def test_wrong_settings_are_told_and_end_with_2(tmp_path):
    done = handlers("serve", database=tmp_path / "x.db", NORTHGATE_PORT="http")
    assert done.returncode == 2
    assert done.stderr.startswith("NORTHGATE_PORT: ")
    assert "Traceback" not in done.stderr
    done = handlers("serve", database=tmp_path / "x.db", NORTHGATE_MASTER_KEY="")
    assert done.returncode == 2
    assert "master-key" in done.stderr


def test_another_master_key_does_not_open_the_venue(database):
    made = handlers("sandbox", "--account", "alice", database=database)
    (account,) = json.loads(made.stdout)
    with serving(database) as (_, url), httpx.Client(base_url=url, auth=signed(account)) as client:
        body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
        assert client.post("/v1/api-keys", json=body).status_code == 201
    other = b64encode(bytes(32)).decode()
    done = handlers("sandbox", database=database, NORTHGATE_MASTER_KEY=other)
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["", "alice:USD", "alice:=1", ":USD=1"])
def test_an_account_that_cannot_be_read_is_wrong_usage(database, text):
    done = handlers("sandbox", "--account", text, database=database)
    assert done.returncode == 2
    assert "is not like" in done.stderr


def test_an_unknown_asset_is_refused(database):
    done = handlers("sandbox", "--account", "alice:XYZ=1", database=database)
    assert done.returncode == 1
    assert "There is no such asset." in done.stderr


def test_a_port_that_is_taken_and_a_folder_that_is_not_there_are_told(database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = handlers("serve", "--port", port, database=database)
    assert done.returncode == 1
    assert "Address already in use" in done.stderr
    done = handlers("sandbox", database=database.parent / "nowhere" / "venue.db")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_master_key_is_made_that_serves():
    done = handlers("master-key")
    assert done.returncode == 0
    assert len(b64decode(done.stdout)) == 32
