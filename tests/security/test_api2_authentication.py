"""API2:2023 Broken authentication: replays, tampering, confused algorithms, other people's keys.

`tests/service/test_signatures.py` asks for every answer by name; here stands what an attacker
would gain, and that it is nothing.
"""

from __future__ import annotations

import hmac
import json
import os
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.keys.verification import _signing_key
from tests.security.attacks import ORDER, code, state
from tests.service.in_process import HOST, Signature

ROOT = Path(__file__).parents[2]


class Recorder:
    """Keeps the signed requests that a client sends, to send them again as they were."""

    def __init__(self, client):
        self.requests = []
        client.signature.tamper = self.requests.append

    def again(self, venue, **changes):
        request = self.requests[0]
        fields = {
            name: value for name, value in request.headers.items() if name != "content-length"
        }
        options = {"headers": fields, "content": request.content, **changes}
        path = options.pop("path", request.url.raw_path.decode())
        method = options.pop("method", request.method)
        return venue.client().raw(method, path, **options)


@pytest.fixture
def recorded(alice):
    recorder = Recorder(alice)
    assert alice.place("a-1").status_code == 201
    alice.signature.tamper = lambda _request: None
    return recorder


@pytest.mark.parametrize("seconds", [0, 1, 4])
def test_a_replay_within_the_window_is_stopped_by_its_nonce(venue, alice, recorded, seconds):
    before = state(alice)
    venue.clock.advance(seconds)
    assert code(recorded.again(venue)) == (401, "nonce_reused")
    assert state(alice) == before


@pytest.mark.parametrize("seconds", [5, 30, 86_400])
def test_a_replay_after_the_window_is_stopped_by_its_age(venue, alice, recorded, seconds):
    before = state(alice)
    venue.clock.advance(seconds)
    assert code(recorded.again(venue)) == (401, "timestamp_out_of_window")
    assert state(alice) == before


def test_a_captured_cancel_is_worthless_once_used(venue, alice):
    alice.place("a-1")
    recorder = Recorder(alice)
    assert alice.send("DELETE", "/v1/orders").status_code == 200
    alice.signature.tamper = lambda _request: None
    order_id = alice.place("a-2").json()["order_id"]
    assert code(recorder.again(venue)) == (401, "nonce_reused")
    assert alice.get(f"/v1/orders/{order_id}")["status"] == "open"


BIGGER = json.dumps({**ORDER, "quantity": "1.5"}).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"content": BIGGER},
        {"content": b""},
        {"path": "/v1/orders?dry_run=true"},
        {"path": "/v1/orders/batch"},
        {"path": "/v1/orders?"},
        {"path": "/v1//orders"},
        {"path": "/v1/%6Frders"},
        {"method": "PUT", "path": "/v1/cancel-after"},
        {"method": "DELETE"},
        {"method": "GET"},
    ],
    ids=lambda changes: " ".join(map(str, changes.values()))[:40],
)
def test_a_captured_signature_signs_nothing_else(venue, alice, changes):
    # Captured before it was ever received: its nonce is fresh.
    recorder = Recorder(alice)
    alice.signature.change = {"nonce": "captured"}
    real = httpx.Request("POST", f"https://{HOST}/v1/orders", json=ORDER)
    next(alice.signature.auth_flow(real))
    alice.signature.change = {}
    alice.signature.tamper = lambda _request: None
    before = state(alice)
    answer = recorder.again(venue, **changes)
    if answer.request.url.raw_path != real.url.raw_path and answer.status_code == 404:
        assert answer.json()["code"] == "not_found"  # no operation has that path, signed or not
    elif changes.get("path") == "/v1/orders?":  # RFC 9421 2.2.7: an empty query is "?"
        assert answer.status_code == 201
        return
    else:
        assert code(answer) == (401, "signature_invalid")
    assert state(alice) == before
    # The attempt has not used the nonce up: whom it belongs to can still send it.
    assert recorder.again(venue).status_code == 201


@pytest.mark.parametrize("name", ["host", "content-digest", "signature-input", "signature"])
def test_a_second_field_of_a_signed_name_is_refused(venue, alice, name):
    recorder = Recorder(alice)
    next(alice.signature.auth_flow(httpx.Request("POST", f"https://{HOST}/v1/orders", json=ORDER)))
    alice.signature.tamper = lambda _request: None
    request = recorder.requests[0]
    fields = [(k, v) for k, v in request.headers.items() if k != "content-length"]
    for twice in ([*fields, (name, request.headers[name])], [(name, "x"), *fields]):
        answer = venue.client().raw("POST", "/v1/orders", headers=twice, content=request.content)
        assert code(answer) == (401, "signature_invalid")
    assert alice.get("/v1/orders")["data"] == []


def test_no_algorithm_can_be_talked_into_another(venue, alice):
    """The classic: a public key, which is public, as the secret of an HMAC."""
    public = alice.get("/v1/api-keys")["data"][0]["public_key"]
    before = state(alice)
    for secret in (public.encode(), b64decode(public), b"", b64decode(public).hex().encode()):
        for algorithm in ("hmac-sha256", "ed25519", "none", "", "HMAC-SHA256"):
            attack = venue.signer(
                alice.signature.key_id,
                algorithm,
                lambda base, secret=secret: hmac.digest(secret, base, "sha256"),
            )
            answer = attack.raw("POST", "/v1/orders", json=ORDER)
            assert code(answer) == (401, "signature_invalid")
    assert state(alice) == before


@pytest.mark.parametrize(
    "key",
    [bytes(32), b"\x01" + bytes(31), bytes(31) + b"\x80", b"\xff" * 32],
    ids=["order 4", "identity", "order 4 negative", "no point"],
)
def test_no_key_is_registered_under_which_anything_verifies(alice, key):
    body = {"name": "x", "algorithm": "ed25519", "scopes": ["read"]}
    body["public_key"] = b64encode(key).decode()
    assert code(alice.send("POST", "/v1/api-keys", json=body)) == (400, "malformed")
    assert len(alice.get("/v1/api-keys")["data"]) == 1


def test_a_key_signs_for_its_own_account_only(venue, alice, bob):
    """Bob's key, Alice's key id; and Bob's id with Alice's signature."""
    before = state(alice)
    forged = venue.signer(alice.signature.key_id, "ed25519", bob.signature.sign)
    assert code(forged.send("POST", "/v1/orders", json=ORDER)) == (401, "signature_invalid")
    swapped = venue.signer(bob.signature.key_id, "ed25519", alice.signature.sign)
    assert code(swapped.send("POST", "/v1/orders", json=ORDER)) == (401, "signature_invalid")
    assert state(alice) == before
    assert bob.get("/v1/orders")["data"] == []


@pytest.mark.parametrize(
    "key_id",
    ["", "key_", "' OR 1=1 --", "../key", "key_1\\u0000", "*", "KEY_1", "key_1;tag=x", "%"],
)
def test_a_key_id_is_looked_up_and_nothing_else(venue, alice, key_id):
    attack = venue.signer(key_id, "ed25519", alice.signature.sign)
    status, name = code(attack.raw("GET", "/v1/balances"))
    assert (status, name in ("key_unknown", "signature_invalid")) == (401, True)


def test_known_and_unknown_keys_take_the_same_time(venue, alice):
    """An unknown key is refused after the work of a known one (see `tests/runtime/server`).

    What must not be learnt either is how much of a signature was right: Ed25519 has no such thing,
    and HMACs are compared by `hmac.compare_digest`. Bounds are generous: a difference of medians
    of more than half is not noise.
    """
    created = alice.send(
        "POST", "/v1/api-keys", json={"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
    ).json()
    secret = created["secret"].encode()
    key = venue.northgate.key_store.get(created["key_id"])
    verify, base = _signing_key(key).verify, b"x" * 300
    right = hmac.digest(secret, base, "sha256")
    early, late = bytes([right[0] ^ 1]) + right[1:], right[:-1] + bytes([right[-1] ^ 1])
    times = {early: [], late: []}
    for _ in range(3_000):
        for guess, taken in times.items():
            start = time.perf_counter_ns()
            assert not verify(guess, base)
            taken.append(time.perf_counter_ns() - start)
    first, last = (sorted(taken)[len(taken) // 2] for taken in times.values())
    assert 0.67 < first / last < 1.5, (first, last)


# An API process that shares keys and nonces with another; its journal is its own.
WORKER = """
import socket
import sys
from dataclasses import replace
from pathlib import Path
import uvicorn
from pydantic import SecretBytes
from handlers.app import access_database, assemble, create_app
from handlers.keys.nonces import NonceStore
from handlers.keys.sealing import Sealer
from handlers.keys.store import KeyStore
from handlers.keys.tables import open_database
from handlers.keys.verification import VerificationKeys
from handlers.settings import Settings
shared, own, master = Path(sys.argv[1]), Path(sys.argv[2]), bytes(range(32))
parts = assemble(Settings(database=own, master_key=SecretBytes(master), sandbox=True))
access = access_database(shared)
parts = replace(
    parts,
    verification=VerificationKeys(KeyStore(open_database(access), Sealer(master))),
    nonces=NonceStore(open_database(access, durable=False), parts.clock),
)
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(create_app(parts), log_config=None)).run(sockets=[listener])
"""


def test_a_replay_at_another_worker_is_refused(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-m", "handlers", "sandbox", "--account", "alice:USD=1000"],
        env={
            **environment,
            "NORTHGATE_MASTER_KEY": b64encode(bytes(range(32))).decode(),
            "NORTHGATE_DATABASE": str(tmp_path / "venue.db"),
        },
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    (account,) = json.loads(made.stdout)
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account["private_key"]))
    auth = Signature(account["key_id"], "ed25519", key.sign, lambda: time.time_ns() // 1000)
    auth.life = 30
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path / "venue.db"), str(tmp_path / f"{n}.db")],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        for n in range(2)
    ]
    try:
        urls = [f"http://127.0.0.1:{int(worker.stdout.readline())}" for worker in workers]
        for turn in (urls, urls[::-1]):
            request = httpx.Request(
                "GET", f"{turn[0]}/v1/balances", headers={"host": "api.northgate.example"}
            )
            next(auth.auth_flow(request))
            seen = [
                httpx.get(f"{url}/v1/balances", headers=request.headers) for url in (*turn, turn[0])
            ]
            assert [each.status_code for each in seen] == [200, 401, 401], seen[0].text
            assert {each.json()["code"] for each in seen[1:]} == {"nonce_reused"}
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
            worker.stdout.close()
