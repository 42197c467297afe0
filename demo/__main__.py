"""`python -m demo`: contract -> server and SDKs -> a trade between the SDKs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from demo.packages import ROOT, install_python, install_typescript, node_is_here
from demo.venue import Venue, running

HERE = Path(__file__).parent


def main() -> None:
    """Tell the story; ends with status 0 only if the trade and the balances were seen."""
    with tempfile.TemporaryDirectory(prefix="northgate-demo-") as name:
        folder = Path(name)
        _say("1. The contract becomes code")
        _run([str(Path(sys.executable).with_name("wireproof")), "generate"])
        _say("2. The SDKs are built and installed as an integrator would")
        site = install_python(folder)
        print("   northgate (Python) installed from its wheel")
        project = install_typescript(folder) if node_is_here() else None
        if project:
            print("   northgate (TypeScript) installed from its tarball")
        else:
            print("   Node.js is not here: Bob uses the Python SDK too")
        _say("3. Northgate opens on loopback with two funded accounts")
        with running(folder) as venue:
            print(f"   {venue.url}, accounts alice and bob, one Ed25519 key each")
            _trade(venue, site, project)
    _say("Done: the trade was executed, and every balance adds up")


def _trade(venue: Venue, site: Path, project: Path | None) -> None:
    maker = [sys.executable, str(HERE / "maker.py")]
    _say("4. Alice (Python SDK) offers, Bob takes")
    _run([*maker, "offer"], "alice", _as(venue, "alice", site))
    if project:
        # Node looks for packages from the script's own folder upwards.
        script = project / "taker.mjs"
        script.write_text((HERE / "taker.mjs").read_text(encoding="utf-8"), encoding="utf-8")
        _run(["node", str(script)], "bob", _as(venue, "bob", site))
    else:
        _run([*maker, "take"], "bob", _as(venue, "bob", site))
    _say("5. Alice looks at what became of it")
    _run([*maker, "settle"], "alice", _as(venue, "alice", site))


def _as(venue: Venue, name: str, site: Path) -> Mapping[str, str]:
    """The environment from which an SDK reads its account."""
    account = venue.accounts[name]
    return {
        **os.environ,
        "NORTHGATE_BASE_URL": venue.url,
        "NORTHGATE_KEY_ID": account["key_id"],
        "NORTHGATE_PRIVATE_KEY": account["private_key"],
        "PYTHONPATH": str(site),
    }


def _run(command: list[str], name: str = "", environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 - our own programs, no shell
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    for line in done.stdout.splitlines():
        print(f"   {name} {line}".rstrip())
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with status {done.returncode}")


def _say(headline: str) -> None:
    print(f"\n{headline}", flush=True)


if __name__ == "__main__":
    main()
