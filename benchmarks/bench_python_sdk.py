"""Northgate's Python SDK beside bare httpx and pydantic: what importing it and calling it costs.

Run it by hand: `python benchmarks/bench_python_sdk.py [--rounds N] [--calls N]`.

Imports are measured in fresh interpreters, as processor time, the best of the rounds. The first
baseline only imports httpx and pydantic's base class; the second also does what any typed client
has to do before its first call: make an httpx client, and one model with an alias. The SDK opens
its pools for the first request, so the last rows open them as well: reading certificates, which
`httpx.Client()` does at once, is needed for https only. Run it in an environment with no more than
the SDK needs: httpx also imports rich and its kin where they are installed. Calls
go to a transport in memory, so that only the client's own work is measured, and then to a server
on loopback, in turns: bare httpx with `response.json()`, the SDK unsigned and with HMAC and Ed25519
signatures, each with a typed result.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
SDK = ROOT / "generated" / "python"
sys.path.insert(0, str(SDK))

import httpx  # noqa: E402 - the SDK's folder goes on the path first
from northgate import HttpxTransport, Northgate  # noqa: E402 - as above

IMPORTS = {
    "httpx + pydantic": "import httpx\nfrom pydantic import BaseModel, TypeAdapter",
    "import northgate": "import northgate",
    "from northgate import Northgate": "from northgate import Northgate",
    "httpx client and one model, by hand": (
        "import httpx\nfrom pydantic import BaseModel, Field\n"
        "class M(BaseModel):\n    a: int | None = Field(default=None, alias='b')\n"
        "client = httpx.Client()"
    ),
    "SDK client, orders and their models": (
        "from northgate import Northgate\nclient = Northgate(base_url='http://a.test')\n"
        "client.orders"
    ),
    "the same, ready for its first call": (
        "from northgate import Northgate\nclient = Northgate(base_url='http://a.test')\n"
        "client.orders\nclient.transport._opened()._opened('http')"
    ),
    "the same over https": (
        "from northgate import Northgate\nclient = Northgate(base_url='https://a.test')\n"
        "client.orders\nclient.transport._opened()._opened('https')"
    ),
}
ORDER = (
    b'{"order_id":"ord_1","client_order_id":"c-1","instrument_id":"BTC-USD","side":"buy",'
    b'"type":"limit","time_in_force":"gtc","expire_time":null,"quantity":"0.25",'
    b'"limit_price":"60000.10","stop_price":null,"post_only":false,"reduce_only":false,'
    b'"stp_mode":"cancel_newest","status":"open","filled_quantity":"0",'
    b'"remaining_quantity":"0.25","average_price":null,"cancel_reason":null,"reject_code":null,'
    b'"version":1,"created_time":"2026-11-22T09:30:00.000000Z",'
    b'"updated_time":"2026-11-22T09:30:00.000000Z","replayed":false,"dry_run":false}'
)
BODY = {
    "client_order_id": "c-1",
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}


def import_seconds(statement: str) -> float:
    """Processor seconds that a statement takes in a fresh interpreter."""
    program = f"import time; t = time.process_time()\n{statement}\nprint(time.process_time() - t)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SDK)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def in_memory() -> httpx.Client:
    """An httpx client whose every answer is the same order."""
    fields = {"content-type": "application/json"}
    return httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(201, content=ORDER, headers=fields))
    )


def northgate(**credentials: str) -> Northgate:
    """The SDK on the same transport, without its rate limits."""
    client = Northgate(
        base_url="http://a.test",
        key_id="k",
        transport=HttpxTransport(in_memory()),
        **credentials,
    )
    client._session.shared.limiter._buckets = {}  # noqa: SLF001 - limits would be measured instead
    return client


class _Order(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        """Answer with the order, head and body in one packet."""
        self.rfile.read(int(self.headers["content-length"]))
        fields = f"content-type: application/json\r\ncontent-length: {len(ORDER)}\r\n\r\n"
        self.wfile.write(b"HTTP/1.1 201 Created\r\n" + fields.encode() + ORDER)


def serve() -> None:
    """Serve orders on loopback in a process of its own; prints the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Order) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


def loopback(calls: int, rounds: int) -> None:
    """Print processor time of this process for calls over loopback; the server is another one."""
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None  # noqa: S101 - a pipe was asked for
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    bare = httpx.Client()
    sdk = Northgate(base_url=url, key_id="k", hmac_secret="s")  # noqa: S106 - made up
    sdk._session.shared.limiter._buckets = {}  # noqa: SLF001 - limits would be measured instead
    rows: dict[str, Callable[[], object]] = {
        "loopback: httpx, response.json()": lambda: bare.post(f"{url}/v1/orders", json=BODY).json(),
        "loopback: SDK, HMAC, typed order": lambda: sdk.orders.create(**BODY),  # type: ignore[arg-type] - one table for all
    }
    try:
        show(in_turns(rows, calls, rounds))
    finally:
        server.terminate()
        server.wait()


def show(rows: dict[str, float]) -> None:
    """Print microseconds; the first row is what the others are compared with."""
    base = next(iter(rows.values()))
    for name, took in rows.items():
        print(f"{name:36} {took:6.0f} us   +{took - base:.0f} us   {took / base:4.2f}x")


def in_turns(rows: dict[str, Callable[[], object]], calls: int, rounds: int) -> dict[str, float]:
    """Processor microseconds of one call of each row, the median of rounds that alternate."""
    found: dict[str, list[float]] = {name: [] for name in rows}
    for call in rows.values():
        call()
    for _ in range(rounds):
        for name, call in rows.items():
            found[name].append(microseconds(call, calls))
    return {name: median(times) for name, times in found.items()}


def microseconds(call: Callable[[], object], calls: int) -> float:
    """Processor microseconds of one call."""
    start = process_time()
    for _ in range(calls):
        call()
    return (process_time() - start) / calls * 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
        return
    print(f"Python {platform.python_version()}, httpx {httpx.__version__}\n")
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(options.rounds):
        for name, statement in IMPORTS.items():
            times[name].append(import_seconds(statement))
    base = min(next(iter(times.values())))
    for name, found in times.items():
        print(f"{name:36} {min(found) * 1000:6.0f} ms   {min(found) / base:4.2f}x")
    bare, seed = in_memory(), b64encode(bytes(range(32))).decode()
    hmac, ed25519 = northgate(hmac_secret="s"), northgate(private_key=seed)  # noqa: S106 - made up
    raw = hmac.orders.with_raw_response
    calls: dict[str, Callable[[], object]] = {
        "httpx, response.json()": lambda: bare.post("http://a.test/v1/orders", json=BODY).json(),
        "SDK, HMAC, raw response": lambda: raw.create(**BODY),  # type: ignore[arg-type] - one table for all
        "SDK, HMAC, typed order": lambda: hmac.orders.create(**BODY),  # type: ignore[arg-type] - as above
        "SDK, Ed25519, typed order": lambda: ed25519.orders.create(**BODY),  # type: ignore[arg-type] - as above
    }
    print()
    show(in_turns(calls, options.calls, options.rounds))
    loopback(options.calls, options.rounds)


if __name__ == "__main__":
    main()
