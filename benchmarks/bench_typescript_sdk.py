"""Northgate's TypeScript SDK beside bare fetch: what a call costs, and what it weighs in a bundle.

Run it by hand: `python benchmarks/bench_typescript_sdk.py [--rounds N] [--calls N] [--peers]`.

The SDK is installed from its tarball. Calls are made one after the other, to a server in a process
of its own on loopback, and to a function in memory, which leaves the client's own work. Each figure
is the median of the rounds, in which the candidates take turns; processor time is the client's.
Bundles are esbuild's, minified, and compressed with gzip at level 9. With `--peers`, hey-api's and
openapi-fetch's are weighed beside them: both are installed from npm into a temporary folder, and
the first generates its client from the same contract.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from demo.packages import NODE_TOOLS, install_typescript  # noqa: E402 - the root goes on the path first

CLIENT = 'import { createClient } from "northgate";\n'
SIGN = 'import { signature } from "northgate/auth";\n'
ORDER = 'import { createOrder } from "northgate/orders";\n'
BUNDLES = {
    "bare fetch": 'export const time = async () => (await fetch("https://a.test/v1/time")).json();',
    "getServerTime": CLIENT
    + 'import { getServerTime } from "northgate/market-data";\n'
    + "export const time = () => getServerTime(createClient());",
    "createOrder, unsigned": CLIENT
    + ORDER
    + "export const place = (order) => createOrder(createClient(), order);",
    "createOrder, signed": CLIENT
    + SIGN
    + ORDER
    + "export const place = (order, keyId, key) =>"
    + " createOrder(createClient({ auth: signature({ keyId, key }) }), order);",
    "class client, everything": 'import { Northgate } from "northgate";\n'
    "export const client = new Northgate();",
}


PEERS = {"@hey-api/openapi-ts": "0.95.0", "openapi-fetch": "0.17.0", "typescript": "5.9.3"}
PEER_BUNDLES = {
    "hey-api: createOrder": 'import { createOrder } from "./hey/sdk.gen";\n'
    "export const place = (body) => createOrder({ body });",
    "openapi-fetch: POST": 'import createClient from "openapi-fetch";\n'
    "export const place = (body) =>"
    ' createClient({ baseUrl: "https://a.test" }).POST("/v1/orders", { body });',
}


def calls(project: Path, rounds: int, count: int) -> None:
    """Print what calls take."""
    script = project / "bench_typescript_sdk.mjs"
    shutil.copy(HERE / script.name, script)
    command = ["node", str(script), str(rounds), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for wire, cases in json.loads(done.stdout).items():
        print(f"{wire:28} {'wall':>9}          {'processor':>9}")
        base: tuple[float, float] | None = None
        for name, samples in cases.items():
            wall, cpu = (median(column) for column in zip(*samples, strict=True))
            base = base or (wall, cpu)
            print(
                f"  {name:26} {wall:6.0f} us {wall / base[0]:5.2f}x"
                f"   {cpu:6.0f} us {cpu / base[1]:5.2f}x"
            )
        print()


def install_peers(project: Path) -> None:
    """Install peers beside the SDK, and have them generate what they generate."""
    packages = [f"{name}@{version}" for name, version in PEERS.items()]
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages]
    subprocess.run(npm, cwd=project, check=True)
    contract = max((HERE.parent / "spec" / "releases").glob("*.yaml"))
    generate = ["npx", "--no-install", "openapi-ts", "-i", str(contract), "-o", "hey"]
    subprocess.run(generate, cwd=project, capture_output=True, check=True)


def bundles(project: Path, programs: dict[str, str]) -> None:
    """Print what bundles weigh."""
    print(f"{'bundle':28} {'minified':>9} {'gzip':>9}")
    esbuild = str(NODE_TOOLS / "esbuild")
    flags = ["--bundle", "--minify", "--format=esm", "--log-level=error"]
    for name, program in programs.items():
        (project / "entry.mjs").write_text(program)
        done = subprocess.run(
            [esbuild, "entry.mjs", *flags], cwd=project, capture_output=True, check=True
        )
        print(f"  {name:26} {len(done.stdout):9,} {len(gzip.compress(done.stdout, 9)):9,}")


def main() -> None:
    """Install, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--peers", action="store_true", help="install peers from npm, too")
    options = parser.parse_args()
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    print(f"Node {version.stdout.strip()}\n")
    with tempfile.TemporaryDirectory(prefix="northgate-bench-") as folder:
        project = install_typescript(Path(folder))
        calls(project, options.rounds, options.calls)
        if options.peers:
            install_peers(project)
        bundles(project, BUNDLES | (PEER_BUNDLES if options.peers else {}))


if __name__ == "__main__":
    main()
