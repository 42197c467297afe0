"""Schemathesis against the venue: all checks, all phases, two accounts, the contract as it stands.

A real socket on loopback. A sidecar signs what schemathesis asks to be sent as an account, so
that its checks of authentication work as for any Authorization header: they leave it out, or put
a wrong one in. The clock moves whenever it is asked, so that rate limits do not end a run early.

A run that finds nothing proves little by itself: the last tests open the venue on purpose, and
the run must notice.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import token_hex

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretBytes
from wireproof.source import load

from handlers.app import assemble, create_app
from handlers.keys.model import SCOPES, ApiKey
from handlers.settings import Settings
from tests.service.contract_reading import SPEC
from tests.service.in_process import START
from tests.service.sidecar import Sidecar
from tests.service.socketed import listening

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = 12
STEP = 150_000  # microseconds that pass whenever somebody looks at the clock
PEERS = ("alice", "bob")
TRADES = [  # the second and the third trade, the others rest
    *(("alice", "buy", "50000.00"), ("alice", "buy", "60000.00"), ("bob", "sell", "60000.00")),
    *(("bob", "sell", "70000.00"), ("alice", "sell", "71000.00")),
]
SEED = os.environ.get("NORTHGATE_SEED", "20261122")
LINKS = re.compile(r"API Links:\s+(\d+) covered / (\d+) selected")
# Which links are followed is chance: 29 to 32 of 41 is usual. Hypothesis ends the walks when the
# same choices lead elsewhere, as they do in a venue that other walks have traded at.
LEAST_LINKS = 0.4


@contextmanager
def serving(folder, **faults):
    """A venue behind the sidecar, with two funded accounts."""
    ticks = count()
    clock = lambda: START + next(ticks) * STEP  # noqa: E731 - a clock that is nothing else
    secret = SecretBytes(bytes(range(32)))
    northgate = assemble(
        Settings(database=folder / "n.db", master_key=secret, validate_responses=True), clock
    )
    sidecar = Sidecar(create_app(northgate), **faults)
    with listening(northgate, sidecar) as served:
        accounts = {name: served.open(name, ("USD", "1000000"), ("BTC", "100")) for name in PEERS}
        for name, account in accounts.items():
            sidecar.signers[name] = served.signer(account)
            sidecar.signers[name].life = 30

        def renew(name):
            renewed(northgate.key_store, accounts[name].account_id, sidecar.signers[name])

        sidecar.renew = renew
        trade(served)
        yield served, sidecar


def renewed(store, account_id, signer):
    """Give a signer another key when its own was revoked, narrowed or is to expire."""
    key = store.get(signer.key_id)
    if key and (key.scopes, key.ip_allow_list, key.expire_time) == (SCOPES, (), None):
        return
    private = Ed25519PrivateKey.generate()
    made = ApiKey(
        key_id=f"key_{token_hex(8)}",
        account_id=account_id,
        name="again",
        algorithm="ed25519",
        material=private.public_key().public_bytes_raw(),
        scopes=SCOPES,
        created_time=signer.clock(),
    )
    store.add(made)
    signer.key_id, signer.sign = made.key_id, private.sign


def trade(served):
    """Orders in the book, a canceled one, executions: so that lists have something to link to."""
    with httpx.Client(base_url=served.url) as client:
        for number, (name, side, price) in enumerate(TRADES):
            order = {
                "client_order_id": f"seed-{number}",
                "instrument_id": "BTC-USD",
                "side": side,
                "type": "limit",
                "quantity": "0.1",
                "limit_price": price,
            }
            sender = {"authorization": f"Bearer {name}"}
            assert client.post("/v1/orders", json=order, headers=sender).status_code == 201


def run(served, folder, *arguments):
    """Let schemathesis loose; gives its exit status and what it said."""
    accounts = [
        {
            "name": name,
            "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {name}"}],
        }
        for name in PEERS
    ]
    (folder / "accounts.json").write_text(json.dumps({"auth": accounts}))
    (folder / "schemathesis.toml").write_text(CONFIG.read_text())
    (folder / "contract.json").write_text(json.dumps(load(str(SPEC)).contract.root.value))
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis as st; st()"),
            *("--config-file", str(folder / "schemathesis.toml")),
            *("run", str(folder / "contract.json"), "--url", served.url, "--no-color"),
            *(
                "--seed",
                SEED,
                "--generation-database",
                "none",
                "--suppress-health-check",
                "all",
            ),
            *arguments,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=280,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.returncode, done.stdout + done.stderr


def test_every_check_holds_over_generated_requests(tmp_path):
    with serving(tmp_path) as (served, sidecar):
        status, told = run(
            served, tmp_path, "--phases=examples,fuzzing", f"--max-examples={EXAMPLES}"
        )
    assert status == 0, told
    assert "24 passed" in told  # every operation of the contract
    # Tried: no signature, a wrong one, and what is alice's as bob.
    senders = {name for _, name in sidecar.seen}
    assert {"alice", "bob", "", "SCHEMATHESIS-INVALID-VALUE"} <= senders, sidecar.seen


def test_every_check_holds_along_the_links(tmp_path):
    with serving(tmp_path) as (served, _):
        status, told = run(served, tmp_path, "--phases=stateful")
    assert status == 0, told
    covered, selected = map(int, LINKS.search(told).groups())
    assert selected > 35, told
    assert covered >= LEAST_LINKS * selected, told


def test_every_check_holds_at_the_edges_of_each_schema(tmp_path):
    with serving(tmp_path) as (served, _):
        status, told = run(served, tmp_path, "--phases=coverage")
    assert status == 0, told
    assert "24 passed" in told


@pytest.mark.parametrize(
    ("faults", "operations", "finding"),
    [
        ({"open_paths": ("/v1/balances",)}, ["listBalances"], "without authentication"),
        ({"shared_paths": ("/v1/orders/ord_",)}, ["createOrder", "getOrder"], "that `alice` owns"),
    ],
    ids=["open", "shared"],
)
def test_a_venue_that_lets_the_wrong_ones_in_is_found_out(tmp_path, faults, operations, finding):
    only = [f"--include-operation-id={each}" for each in operations]
    with serving(tmp_path, **faults) as (served, _):
        status, told = run(
            served, tmp_path, "--phases=fuzzing,stateful", "--max-examples=15", *only
        )
    assert status == 1, told
    assert finding in told, told
