"""Northgate on loopback with two sandbox accounts, for as long as it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ACCOUNTS = ("alice:BTC=2,USD=1000", "bob:USD=100000")
_STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Venue:
    """A running venue.

    Attributes:
        url: Its base URL.
        accounts: Name -> what `python -m handlers sandbox` printed about the account.
        process: The server.
    """

    url: str
    accounts: Mapping[str, Mapping[str, str]]
    process: subprocess.Popen[str]


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Venue]:
    """A venue whose journal is in `folder`; it is stopped, and drained, at the end."""
    environment = {
        **os.environ,
        "NORTHGATE_MASTER_KEY": _northgate("master-key").strip(),
        "NORTHGATE_DATABASE": str(folder / "northgate.sqlite3"),
        "NORTHGATE_LOG_LEVEL": os.environ.get("NORTHGATE_LOG_LEVEL", "warning"),
    }
    flags = [flag for account in ACCOUNTS for flag in ("--account", account)]
    opened = json.loads(_northgate("sandbox", *flags, environment=environment))
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "handlers", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - asked for above
        url = process.stdout.readline().strip()
        if not url:
            raise SystemExit("the venue did not start; its own message stands above")
        yield Venue(url, {account["name"]: account for account in opened}, process)
    finally:
        process.terminate()
        process.wait(timeout=_STOP_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def _northgate(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "handlers", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
