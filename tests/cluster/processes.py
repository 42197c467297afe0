"""The processes of a cluster as people start them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Processes:
    """Starts, kills and ends `python -m handlers api` and `engine` over the same servers."""

    def __init__(self, database_url: str, redis_url: str, folder: Path) -> None:
        self._folder = folder
        self.ports: dict[str, str] = {}
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("NORTHGATE_")},
            "NORTHGATE_MASTER_KEY": b64encode(bytes(range(32))).decode(),
            "NORTHGATE_DATABASE_URL": database_url,
            "NORTHGATE_REDIS_URL": redis_url,
            "NORTHGATE_DATABASE": str(folder / "local.db"),
            "NORTHGATE_SANDBOX": "1",
            "NORTHGATE_ADMIN_PORT": "0",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "handlers", *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={**self._environment, **more},
        )

    def accounts(self, *wanted: str) -> list[dict[str, str]]:
        options = [part for each in wanted for part in ("--account", each)]
        made = self.run("sandbox", *options)
        assert made.returncode == 0, made.stderr
        return json.loads(made.stdout)

    def start(self, name: str) -> None:
        """`api-*` or `engine-*`; an API process that is started again gets its old port."""
        kind = name.partition("-")[0]
        port = self.ports.get(name, "0")
        arguments = [kind, "--port", port] if kind == "api" else [kind]
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "handlers", *arguments],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
                env=self._environment,
            )
        self._running[name] = process
        if kind == "api":
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, (self._folder / f"{name}.log").read_text()[-2000:]
            self.ports[name] = address.rpartition(":")[2]

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        process.kill()
        process.communicate()

    def end(self) -> list[int]:
        """Ask all to end; their exit codes."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        codes = []
        for process in self._running.values():
            try:
                process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            codes.append(process.returncode)
        self._running.clear()
        return codes

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def await_ready(self, *names: str) -> None:
        deadline = time.monotonic() + PATIENCE
        for name in names:
            while True:
                assert time.monotonic() < deadline, (self._folder / f"{name}.log").read_text()[
                    -2000:
                ]
                try:
                    status = httpx.get(f"{self.url(name)}/v1/status", timeout=5).json()
                    if status.get("status") == "operational":
                        break
                except (httpx.HTTPError, ValueError):
                    pass
                time.sleep(0.05)
