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
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretBytes
from wireproof.source import load

from handlers.app import assemble, create_app
from handlers.settings import Settings
from tests.service.contract_reading import SPEC
from tests.service.in_process import START
from tests.service.sidecar import Sidecar
from tests.service.socketed import listening

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = 12
STEP = 100_000  # microseconds that pass whenever somebody looks at the clock
PEERS = ("alice", "bob")


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
        for name in PEERS:
            account = served.open(name, ("USD", "1000000"), ("BTC", "100"))
            sidecar.signers[name] = served.signer(account)
            sidecar.signers[name].life = 30
        yield served, sidecar


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
                "20261122",
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


def test_every_check_holds_over_generated_requests_and_links(tmp_path):
    with serving(tmp_path) as (served, sidecar):
        status, told = run(
            served, tmp_path, "--phases=examples,fuzzing,stateful", f"--max-examples={EXAMPLES}"
        )
    assert status == 0, told
    assert "24 passed" in told  # every operation of the contract
    assert "API Links:    0 covered" not in told
    # Tried: no signature, a wrong one, and what is alice's as bob.
    senders = {name for _, name in sidecar.seen}
    assert {"alice", "bob", "", "SCHEMATHESIS-INVALID-VALUE"} <= senders, sidecar.seen


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
