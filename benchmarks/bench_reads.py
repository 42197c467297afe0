"""Signed and public reads of the running venue beside FastAPI and bare Starlette, in one run.

    .venv/bin/python benchmarks/bench_reads.py [--rounds 5] [--accounts 60] [--reads 35]

The venue runs as people start it, its access log off. "FastAPI" does the same work as a user of
FastAPI writes it: the same signatures, checked by hand and as lean as a careful engineer would
(`reads/checking.py`; or by the package http-message-signatures), the same nonces in SQLite, token
buckets and their header fields, a response model, queries refused that are not declared, and what
stands around (`reads/around.py`: request ids, metrics, security fields; plain ASGI middleware,
which costs less than the kind that FastAPI's documentation shows). The venue does more: guarded
sockets, HMAC keys, address lists, failed attempts that are counted, problems, sampled validation of
its own answers. "FastAPI, nothing around" and bare Starlette have the signature and the answer.

Ed25519 costs OpenSSL, which the cryptography package brings, twice what it costs libsodium, which
the venue uses: half of what FastAPI's users will have is the choice of a library, so FastAPI runs
with both. All run under uvicorn with uvloop and httptools, one worker; rounds are interleaved,
requests are signed before the clock starts. The column to trust on a busy machine is the server's
own CPU time.

FastAPI is no dependency of the project: see `bench_server.py` for the interpreter that has it. It
also needs cryptography, pynacl, prometheus_client and http-message-signatures.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from subprocess import Popen

from bench_venue import ROOT, Result, _until_open, load, signed, venue
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Account = dict[str, str]
TIME = b"GET /v1/time HTTP/1.1\r\nhost: x\r\n\r\n"
PATHS = {"GET /v1/balances, signed": True, "GET /v1/time": False}
GOAL = 1.8
BUCKETS_FILL_SECONDS = 2.5  # 40 reads at 20 a second, and the signatures of others meanwhile


@dataclass(frozen=True)
class Peer:
    """A service that does the same work."""

    name: str
    module: str
    python: str
    environment: dict[str, str] = field(default_factory=dict)


def peers() -> list[Peer]:
    """Those that can run here."""
    fastapi = os.environ.get("WIREPROOF_BENCH_PYTHON", str(ROOT / ".venv-bench/bin/python"))
    found = [Peer("bare Starlette", "peer_starlette", sys.executable)]
    if not Path(fastapi).exists():
        print("SKIPPED: FastAPI is not installed (see this script's docstring)\n")
        return found
    return [
        *found,
        Peer("FastAPI", "peer_fastapi", fastapi),
        Peer("FastAPI, libsodium", "peer_fastapi", fastapi, {"BENCH_ED25519": "libsodium"}),
        Peer("FastAPI, nothing around", "peer_fastapi", fastapi, {"BENCH_AROUND": "0"}),
        Peer("FastAPI, the package", "peer_package", fastapi),
    ]


@contextmanager
def running(peer: Peer, folder: str) -> Iterator[tuple[int, int]]:
    """A peer under uvicorn: its pid and port."""
    port = 20_000 + os.getpid() % 10_000 + int(time.time()) % 10_000
    command = [peer.python, "-W", "ignore", "-m", "uvicorn", f"{peer.module}:app"]
    command += ["--app-dir", str(ROOT / "benchmarks/reads"), "--port", str(port)]
    command += ["--loop", "uvloop", "--http", "httptools"]
    command += ["--no-access-log", "--log-level", "critical"]
    environment = {
        **os.environ,
        **peer.environment,
        "BENCH_KEYS": f"{folder}/keys.json",
        "BENCH_NONCES": f"{folder}/nonces.db",
    }
    process = Popen(command, env=environment)
    try:
        _until_open(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(20)


def public_key(account: Account) -> str:
    """The public half, in base64."""
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account["private_key"]))
    return b64encode(key.public_key().public_bytes_raw()).decode()


def read(name: str, server: tuple[int, int], accounts: list[Account], count: int) -> Result:
    """Every account reads so often, over a connection of its own."""
    pid, port = server
    if not PATHS[name]:
        return load(name, [pid], port, [[TIME] * count for _ in accounts], 200)
    authority = f"127.0.0.1:{port}"
    requests = [
        [signed(account, "GET", "/v1/balances", authority, b"") for _ in range(count)]
        for account in accounts
    ]
    return load(name, [pid], port, requests, 200)


def measure(options: argparse.Namespace) -> dict[tuple[str, str], list[Result]]:
    """All rounds, by server and request."""
    found: dict[tuple[str, str], list[Result]] = defaultdict(list)

    def all_reads(who: str, server: tuple[int, int]) -> None:
        for name in PATHS:
            found[who, name].append(read(name, server, accounts, options.reads))

    with (
        tempfile.TemporaryDirectory() as folder,
        venue(folder, options.accounts, profiled=False) as northgate,
    ):
        accounts = northgate.accounts
        keys = {account["key_id"]: public_key(account) for account in accounts}
        Path(folder, "keys.json").write_text(json.dumps(keys))
        for _ in range(options.rounds):
            all_reads("Northgate", (northgate.pids[0], northgate.port))
            started = time.monotonic()
            for peer in peers():
                with running(peer, folder) as server:
                    all_reads(peer.name, server)
            time.sleep(max(0.0, started + BUCKETS_FILL_SECONDS - time.monotonic()))
    return found


def show(found: dict[tuple[str, str], list[Result]]) -> None:
    """Medians of the rounds, and how many times the peer's work the venue does."""
    for name in PATHS:
        print(f"{name}\n{'':24}{'req/s':>9}{'':>8}{'p50 ms':>9}{'CPU us/req':>13}")
        ours: tuple[float, float] | None = None
        for who in dict.fromkeys(who for who, _ in found):
            results = found[who, name]
            rate = median(len(each.latencies) / each.seconds for each in results)
            wait = median(median(each.latencies) for each in results) * 1000
            cpu = median(each.cpu / len(each.latencies) for each in results) * 1e6
            ours = ours or (rate, cpu)
            clock, work = f"x{ours[0] / rate:.2f}", f"x{cpu / ours[1]:.2f}"
            print(f"{who:24}{rate:9,.0f}{clock:>8}{wait:9.2f}{cpu:13,.0f}{work:>8}")
        print()
    print(f"xN: what the venue does in the peer's time (goal beside FastAPI: {GOAL})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--accounts", type=int, default=60)
    parser.add_argument("--reads", type=int, default=35, help="an account's burst is 40")
    show(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
