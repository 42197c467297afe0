"""Durable, signed orders a second through the whole stack, and where the time goes.

    .venv/bin/python benchmarks/bench_venue.py [--accounts 60] [--orders 80] [--reads 35]

The venue runs as people start it: over SQLite and over PostgreSQL (`python -m handlers serve`),
and as a cluster (`api` and `engine` over PostgreSQL and Redis), with servers of its own where
Debian's packages are installed. All that belongs to it is on: guarded sockets, signatures,
nonces, rate limits, metrics, group commits that wait for the disk. Requests are signed before the
clock starts and sent over keep-alive connections, one account each, so that no limit has to be
lifted. Client and server share the machine: the second table divides by the server's own CPU
time, and so says the same on a busy machine as on a quiet one.

The peers are bare Starlette and FastAPI with an answer of the same size and nothing else: no
signature, no limits, no header fields. FastAPI runs as in `bench_server.py`, where there are more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import timeit
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parents[1]
HEAD = f"{'':34} {'n':>7} {'req/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'CPU us/req':>12}"
TICKS = os.sysconf("SC_CLK_TCK")
STARLETTE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
async def now(request): return JSONResponse({"time": "2026-11-22T09:30:00.000000Z"})
app = Starlette(routes=[Route("/v1/time", now)])
uvicorn.run(app, port=int(sys.argv[1]), log_level="critical", access_log=False)
"""
FASTAPI = """
import datetime, sys, uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
class Time(BaseModel):
    time: datetime.datetime
app = FastAPI()
@app.get("/v1/time")
async def now() -> Time: return Time(time=datetime.datetime.now(datetime.timezone.utc))
uvicorn.run(app, port=int(sys.argv[1]), log_level="critical", access_log=False)
"""


@dataclass(frozen=True)
class Result:
    """One load: requests, seconds on the clock, seconds of the server's CPU, latencies."""

    name: str
    seconds: float
    cpu: float
    latencies: list[float]

    def row(self) -> str:
        """A line of the table."""
        ordered, count = sorted(self.latencies), len(self.latencies)
        p50, p99 = (ordered[int(count * share)] * 1000 for share in (0.5, 0.99))
        return (
            f"{self.name:34} {count:7} {count / self.seconds:10.0f} {p50:9.2f} {p99:9.2f}"
            f" {self.cpu / count * 1e6:12.0f}"
        )


def signed(account: dict[str, str], method: str, path: str, authority: str, body: bytes) -> bytes:
    """A request as it goes over the wire."""
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account["private_key"]))
    now = int(time.time())
    lines = {"@method": method, "@authority": authority, "@path": path, "@query": "?"}
    fields = [f"host: {authority}"]
    if body:
        digest = f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"
        lines["content-digest"] = digest
        fields += [f"content-digest: {digest}", "content-type: application/json"]
        fields += [f"content-length: {len(body)}"]
    names = " ".join(f'"{name}"' for name in lines)
    parameters = (
        f'({names});created={now};expires={now + 30};nonce="{secrets.token_hex(8)}"'
        f';keyid="{account["key_id"]}";alg="ed25519";tag="trading-v1"'
    )
    base = [f'"{name}": {value}' for name, value in lines.items()]
    base.append(f'"@signature-params": {parameters}')
    signature = b64encode(key.sign("\n".join(base).encode())).decode()
    fields += [f"signature-input: sig1={parameters}", f"signature: sig1=:{signature}:"]
    head = "\r\n".join([f"{method} {path} HTTP/1.1", *fields])
    return head.encode() + b"\r\n\r\n" + body


async def _send(address: str, port: int, requests: list[bytes], expected: int) -> list[float]:
    """Send requests one after the other over one connection; their latencies in seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    taken = []
    for request in requests:
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
        body = await reader.readexactly(length)
        taken.append(time.perf_counter() - start)
        if int(head[9:12]) != expected:
            raise RuntimeError(f"{head[:12]!r}: {body[:300]!r}")
    writer.close()
    return taken


def load(
    name: str, pids: list[int], port: int, batches: list[list[bytes]], expected: int
) -> Result:
    """All batches at once, each over a connection and from a loopback address of its own."""

    async def run() -> list[list[float]]:
        return await asyncio.gather(
            *(_send(f"127.0.1.{n + 1}", port, b, expected) for n, b in enumerate(batches))
        )

    cpu, start = sum(map(_cpu, pids)), time.perf_counter()
    found = asyncio.run(run())
    seconds = time.perf_counter() - start
    spent = sum(map(_cpu, pids)) - cpu
    return Result(name, seconds, spent, [each for taken in found for each in taken])


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Running:
    """A venue that runs: its processes (the one that serves first), port, probes and accounts."""

    pids: list[int]
    port: int
    admin: str
    accounts: list[dict[str, str]]


@contextmanager
def venue(
    folder: str,
    accounts: int,
    database_url: str = "",
    redis_url: str = "",
    *,
    profiled: bool = True,
) -> Iterator[Running]:
    """The running venue: `serve`, or `engine` and `api` where there is a Redis.

    `profiled`: whether the first process samples where its time goes, which takes a little of it.
    """
    environment = {
        **os.environ,
        "NORTHGATE_MASTER_KEY": b64encode(os.urandom(32)).decode(),
        "NORTHGATE_DATABASE": f"{folder}/venue.db",
        "NORTHGATE_PORT": "0",
        "NORTHGATE_ADMIN_PORT": "0",
        "NORTHGATE_LOG_LEVEL": "warning",
    }
    if database_url:
        environment["NORTHGATE_DATABASE_URL"] = database_url
    start = [sys.executable, "-m", "handlers"]
    wanted = [x for n in range(accounts) for x in ("--account", f"a{n}:USD=100000000,BTC=1000")]
    made = subprocess.run(
        [*start, "sandbox", *wanted], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    if redis_url:
        environment["NORTHGATE_REDIS_URL"] = redis_url
    sampler = [sys.executable, str(ROOT / "benchmarks/venue_profile.py"), f"{folder}/profile.json"]
    first_of = sampler if profiled else start
    roles = [[*first_of, "api"], [*start, "engine"]] if redis_url else [[*first_of, "serve"]]
    running: list[subprocess.Popen[str]] = []
    try:
        running.extend(
            subprocess.Popen(role, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for role in roles
        )
        first = running[0]
        assert first.stdout is not None  # noqa: S101 - a pipe was asked for
        url, admin = (first.stdout.readline().strip() for _ in range(2))
        port = int(url.rpartition(":")[2])
        _until_open(port)
        _until_ready(admin)
        yield Running([each.pid for each in running], port, admin, json.loads(made.stdout))
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _until_ready(admin: str) -> None:
    for _ in range(500):
        with suppress(OSError), urllib.request.urlopen(f"{admin}/readyz"):  # noqa: S310 - loopback
            return
        time.sleep(0.02)
    raise RuntimeError("the venue does not become ready")


def profile(folder: str, pid: int) -> dict[str, float]:
    """Shares of the serving process's CPU time since its profile was begun."""
    target = Path(folder) / "profile.json"
    os.kill(pid, signal.SIGUSR1)
    for _ in range(200):
        if target.exists() and target.read_text():
            break
        time.sleep(0.02)
    counts: dict[str, int] = json.loads(target.read_text())
    total = sum(counts.values()) or 1
    return {name: n / total for name, n in sorted(counts.items(), key=lambda each: -each[1])}


@contextmanager
def servers() -> Iterator[Iterator[tuple[str, str, str]]]:
    """Where venues can keep things here: name, URL of PostgreSQL, URL of Redis."""
    sys.path.insert(0, str(ROOT))
    from pytest import skip  # noqa: PLC0415, PT013 - what the servers raise where they are missing

    from tests.store.servers import postgres, redis_server  # noqa: PLC0415 - after the path is set

    def found(stack: ExitStack) -> Iterator[tuple[str, str, str]]:
        yield "SQLite", "", ""
        try:
            database = stack.enter_context(postgres())
            yield "PostgreSQL", database.url("alone"), ""
            redis = stack.enter_context(redis_server())
            yield "cluster", database.url("cluster"), redis.url
        except skip.Exception as missing:
            print(f"skipped: {missing}")

    with ExitStack() as stack:
        yield found(stack)


@contextmanager
def peer(interpreter: str, program: str) -> Iterator[tuple[int, int]]:
    """A peer that runs: its pid and port."""
    port = 20_000 + secrets.randbelow(20_000)
    process = subprocess.Popen([interpreter, "-W", "ignore", "-c", program, str(port)])
    try:
        _until_open(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(20)


def _load_peer(name: str, interpreter: str, program: str, plain: list[list[bytes]]) -> Result:
    with peer(interpreter, program) as (pid, port):
        return load(f"{name}, GET /v1/time", [pid], port, plain, 200)


def _peers() -> list[tuple[str, str, str]]:
    """Peers that can run here: name, interpreter, program."""
    found = [("bare Starlette", sys.executable, STARLETTE)]
    other = os.environ.get("WIREPROOF_BENCH_PYTHON", str(ROOT / ".venv-bench/bin/python"))
    if Path(other).exists():
        return [*found, ("FastAPI", other, FASTAPI)]
    print("FastAPI is skipped: see bench_server.py for how to have it here")
    return found


def _until_open(port: int) -> None:
    for _ in range(500):
        try:
            asyncio.run(
                _send("127.0.0.1", port, [b"GET /v1/time HTTP/1.1\r\nhost: x\r\n\r\n"], 200)
            )
        except (OSError, asyncio.IncompleteReadError):
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")


def metrics(admin: str) -> dict[str, float]:
    """The venue's series."""
    with urllib.request.urlopen(f"{admin}/metrics") as answer:  # noqa: S310 - loopback
        lines = answer.read().decode().splitlines()
    pairs = (line.rpartition(" ") for line in lines if line and line[0] != "#")
    return {name: float(value) for name, _, value in pairs}


def orders(account: dict[str, str], count: int, authority: str) -> list[bytes]:
    """Orders that rest in the book, a price each."""
    found = []
    for number in range(count):
        body = {"client_order_id": f"b-{number}", "instrument_id": "BTC-USD", "side": "buy"}
        body |= {"type": "limit", "quantity": "0.01", "limit_price": f"{50_000 + number}.10"}
        found.append(signed(account, "POST", "/v1/orders", authority, json.dumps(body).encode()))
    return found


def parts(folder: str) -> list[tuple[str, float]]:
    """Microseconds of what every signed order pays for, measured alone in this process."""
    sys.path.insert(0, str(ROOT))
    from handlers.keys.nonces import NonceStore  # noqa: PLC0415 - after the path is set
    from handlers.keys.tables import open_database  # noqa: PLC0415 - after the path is set

    key = Ed25519PrivateKey.generate()
    public, base = key.public_key(), b"x" * 400
    signature = key.sign(base)
    nonces = NonceStore(open_database(Path(folder) / "n.db", durable=False), lambda: 0)
    runs = 2_000

    async def add() -> float:
        start = time.perf_counter()
        for number in range(runs):
            await nonces.add("key", f"n{number}", 60)
        return time.perf_counter() - start

    verify = timeit.timeit(lambda: public.verify(signature, base), number=runs)
    return [
        ("Ed25519 verification", verify / runs * 1e6),
        ("nonce, one SQLite row", asyncio.run(add()) / runs * 1e6),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=60)
    parser.add_argument("--orders", type=int, default=80, help="an account's burst is 100")
    parser.add_argument("--reads", type=int, default=35, help="an account's burst is 40")
    options = parser.parse_args()
    plain = [[b"GET /v1/time HTTP/1.1\r\nhost: x\r\n\r\n"] * 95] * options.accounts
    print(HEAD)
    with servers() as stores:
        for store, database_url, redis_url in stores:
            measure(store, options, plain, (database_url, redis_url))
    for name, interpreter, program in _peers():
        print(_load_peer(name, interpreter, program, plain).row())
    with tempfile.TemporaryDirectory() as folder:
        print("\nalone, in one process (us):")
        for name, microseconds in parts(folder):
            print(f"  {name:40} {microseconds:6.0f}")


def measure(
    store: str, options: argparse.Namespace, plain: list[list[bytes]], urls: tuple[str, str]
) -> None:
    """One venue: orders, reads, public reads, and where the time of the orders went."""
    with tempfile.TemporaryDirectory() as folder, venue(folder, options.accounts, *urls) as running:
        pids, port = running.pids, running.port
        authority = f"127.0.0.1:{port}"
        batches = [orders(each, options.orders, authority) for each in running.accounts]
        os.kill(pids[0], signal.SIGUSR2)
        placed = load(f"{store}: orders, signed, durable", pids, port, batches, 201)
        shares = profile(folder, pids[0])
        seen = metrics(running.admin)
        print(placed.row())
        reads = [
            [signed(each, "GET", "/v1/balances", authority, b"") for _ in range(options.reads)]
            for each in running.accounts
        ]
        print(load(f"{store}: balances, signed", pids, port, reads, 200).row())
        print(load(f"{store}: time, rate limited", pids, port, plain, 200).row())
    count = seen.get("northgate_commit_commands_sum", 0)
    if groups := seen.get("northgate_commit_commands_count", 0):
        disk = seen["northgate_commit_seconds_sum"]
        print(
            f"  group commit: {count / groups:.1f} commands, {disk / groups * 1e3:.2f} ms each; "
            f"under way for {disk / placed.seconds:.0%} of the time"
        )
    for name, share in shares.items():
        print(f"  {name:40} {share:6.1%} of the serving process's CPU time")


if __name__ == "__main__":
    main()
