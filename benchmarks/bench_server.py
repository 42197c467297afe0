"""Requests per second of the generated server beside its peers, on the same two endpoints.

    .venv/bin/python benchmarks/bench_server.py [--seconds 3] [--rounds 3] [--json FILE]

Peers: connexion's own AsyncApp with its default validation, FastAPI, bare Starlette without any
validation. Each runs in its own process under uvicorn (one worker, uvloop, httptools, no access
log) on an ephemeral port of 127.0.0.1, loaded over keep-alive connections; rounds are interleaved
so that a busy machine hits all of them. The second table divides by the CPU time of the server
instead of the clock, and so says the same on a busy machine as on a quiet one. The third calls
the ASGI applications in process: microseconds a request, without sockets.

FastAPI is no dependency of the project. It runs with the interpreter named by
`WIREPROOF_BENCH_PYTHON`, or with `.venv-bench` beside the project (`python3 -m venv .venv-bench &&
.venv-bench/bin/pip install fastapi uvicorn uvloop httptools`); without either it is skipped, and
the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import uvloop
from loading import Endpoint, load

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "server"
GOALS = {"connexion": 3.5, "fastapi": 1.8}

BODY = json.dumps(
    {
        "client_order_id": "arb-20261122-0001",
        "instrument_id": "BTC-USD",
        "side": "buy",
        "type": "limit",
        "time_in_force": "gtc",
        "quantity": "0.25",
        "limit_price": "60000.10",
        "post_only": True,
    },
    separators=(",", ":"),
).encode()


ENDPOINTS = (
    Endpoint(
        "GET with 4 parameters",
        "GET",
        "/v1/instruments/BTC-USD/orders",
        "status=open&limit=50&reverse=true",
    ),
    Endpoint("POST of 8 fields", "POST", "/v1/orders", body=BODY),
)


@contextmanager
def server(python: str, peer: str) -> Iterator[tuple[int, int]]:
    """A peer under uvicorn; gives its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [python, "-m", "uvicorn", f"peer_{peer}:app", "--app-dir", str(FOLDER)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop"]
    command += ["--http", "httptools", "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen(command, env=environment())
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def environment() -> dict[str, str]:
    """The environment of a peer: the tool importable, warnings of other people's code silent."""
    return {**os.environ, "PYTHONPATH": str(HERE.parent / "codegen"), "PYTHONWARNINGS": "ignore"}


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until a server accepts connections."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"a server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("a server did not start within 30 s")


IN_PROCESS = """
import asyncio, json, sys, time
sys.path.insert(0, {folder!r})
from peer_{peer} import app
async def main():
    for scope, body in {calls!r}:
        async def receive():
            return {{"type": "http.request", "body": body, "more_body": False}}
        async def send(message):
            if message["type"] == "http.response.start":
                assert 200 <= message["status"] < 300, message
        best = []
        for _ in range(5):
            started = time.perf_counter()
            for _ in range(2000):
                await app({{**scope, "headers": list(scope["headers"])}}, receive, send)
            best.append((time.perf_counter() - started) / 2000)
        print(json.dumps(min(best) * 1e6))
asyncio.run(main())
"""


def in_process(python: str, peer: str) -> list[float]:
    """Microseconds a request for each endpoint, without sockets."""
    calls = [(endpoint.scope(), endpoint.body) for endpoint in ENDPOINTS]
    code = IN_PROCESS.format(folder=str(FOLDER), peer=peer, calls=calls)
    done = subprocess.run(
        [python, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{peer}: {done.stderr[-2000:]}")
    return [float(line) for line in done.stdout.split()]


def interpreters() -> dict[str, str]:
    """The interpreter of each peer; says so where one is missing."""
    found = {"wireproof": sys.executable, "starlette": sys.executable, "connexion": sys.executable}
    other = os.environ.get("WIREPROOF_BENCH_PYTHON", str(HERE.parent / ".venv-bench/bin/python"))
    check = (
        subprocess.run([other, "-c", "import fastapi"], capture_output=True, check=False)
        if Path(other).exists()
        else None
    )
    if check is None or check.returncode:
        print("SKIPPED: FastAPI is not installed (see this script's docstring)\n")
    else:
        found["fastapi"] = other
    return found


def measure(seconds: float, rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    """Requests per second (median of the rounds) and microseconds in process, by peer."""
    pythons = interpreters()
    samples: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for _ in range(rounds):
        for peer, python in pythons.items():
            with server(python, peer) as (port, pid):
                for endpoint in ENDPOINTS:
                    rates = uvloop.run(load(port, pid, endpoint, seconds))
                    samples[peer, endpoint.name].append(rates)
    result: dict[str, dict[str, dict[str, float]]] = {}
    for peer, python in pythons.items():
        micros = in_process(python, peer)
        result[peer] = {
            endpoint.name: {
                "rps": median(rate for rate, _ in samples[peer, endpoint.name]),
                "cpu": median(rate for _, rate in samples[peer, endpoint.name]),
                "micros": cost,
            }
            for endpoint, cost in zip(ENDPOINTS, micros, strict=True)
        }
    return result


def show(result: dict[str, dict[str, dict[str, float]]]) -> None:
    """Three tables, with the ratio of the generated server to each peer."""
    ours = result["wireproof"]
    for unit, title, better in (
        ("rps", "requests per second under uvicorn", 1),
        ("cpu", "requests per second of the server's CPU time", 1),
        ("micros", "microseconds a request in process", -1),
    ):
        print(f"{title}\n{'':12}" + "".join(f"{e.name:>34}" for e in ENDPOINTS))
        for peer, found in result.items():
            cells = []
            for endpoint in ENDPOINTS:
                value = found[endpoint.name][unit]
                ratio = (ours[endpoint.name][unit] / value) ** better
                goal = f" (goal {GOALS[peer]})" if unit != "micros" and peer in GOALS else ""
                cells.append(f"{value:12,.0f} {f'x{ratio:.2f}{goal}':>21}")
            print(f"{peer:12}" + "".join(cells))
        print()
    print("xN: how many times the generated server does what the peer does in the same time")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else ""
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="load per endpoint and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the numbers to this file")
    arguments = parser.parse_args()
    result = measure(arguments.seconds, arguments.rounds)
    show(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
