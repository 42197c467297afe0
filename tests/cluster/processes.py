"""The processes of a cluster as people start them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx

from tests.forks import command

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Processes:
    """Starts, kills and ends `python -m handlers api` and `engine` over the same servers."""

    def __init__(self, database_url: str, redis_url: str, folder: Path, **more: str) -> None:
        self._folder = folder
        self.database_url = database_url
        self.ports: dict[str, str] = {}
        self.admin: dict[str, str] = {}
        self._running: dict[str, BaseProcess] = {}
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("NORTHGATE_")},
            "NORTHGATE_MASTER_KEY": b64encode(bytes(range(32))).decode(),
            "NORTHGATE_DATABASE_URL": database_url,
            "NORTHGATE_REDIS_URL": redis_url,
            "NORTHGATE_DATABASE": str(folder / "local.db"),
            "NORTHGATE_SANDBOX": "1",
            "NORTHGATE_ADMIN_PORT": "0",
            "PYTHONPATH": str(ROOT),
            **more,
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
        """`api-*`, `engine-*` or `engine-SHARD-*`; an API process keeps its port for ever."""
        kind, *shard, _ = name.split("-")
        arguments = [kind, "--port", self.ports.get(name, "0")] if kind == "api" else [kind]
        if shard:
            arguments += ["--shard", *shard]
        out, log = self._folder / f"{name}.out", self._folder / f"{name}.log"
        out.unlink(missing_ok=True)
        process = self._running[name] = command(arguments, self._environment, out, log)
        lines = 2 if kind == "api" else 1
        deadline = time.monotonic() + PATIENCE
        while not out.exists() or out.read_text().count("\n") < lines:
            assert process.is_alive(), log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:]
            time.sleep(0.005)
        *public, self.admin[name] = out.read_text().split()
        if public:
            self.ports[name] = public[0].rpartition(":")[2]

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        process.kill()
        process.join()
        process.close()

    def ask_to_end(self, name: str) -> None:
        """Send SIGTERM."""
        self._running[name].terminate()

    def ended(self, name: str) -> int:
        """Wait until a process that was asked to has ended; its exit code."""
        process = self._running.pop(name)
        process.join(PATIENCE)
        code = process.exitcode
        if code is None:
            self._running[name] = process
            raise AssertionError(f"{name} does not end\n{self.state()}")
        process.kill()
        process.join()
        process.close()
        return code

    def end(self) -> list[int]:
        """Ask all to end; their exit codes."""
        for name in self._running:
            self.ask_to_end(name)
        return [self.ended(name) for name in list(self._running)]

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def await_ready(self, *names: str) -> None:
        deadline = time.monotonic() + PATIENCE
        for name in names:
            while not self._is_operational(name):
                assert time.monotonic() < deadline, f"{name} is not ready\n{self.state()}"
                time.sleep(0.05)

    def _is_operational(self, name: str) -> bool:
        try:
            status = httpx.get(f"{self.url(name)}/v1/status", timeout=5).json()
        except (httpx.HTTPError, ValueError):
            return False
        return status.get("status") == "operational"

    def state(self) -> str:
        """Where all processes are, and what they logged last."""
        for process in self._running.values():
            os.kill(process.pid or 0, signal.SIGUSR1)
        time.sleep(1)
        logs = {name: (self._folder / f"{name}.log").read_text()[-6000:] for name in self._running}
        return "\n".join(f"=== {name}\n{log}" for name, log in logs.items())
