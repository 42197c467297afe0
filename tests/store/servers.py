"""Real servers for tests, from the operating system's packages, on loopback and ephemeral ports.

Where a server is not installed, its tests are skipped, and say what to install.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PATIENCE = 120


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Server(ABC):
    """A server process that can be killed and started again over the same folder and port."""

    def __init__(self, command: Sequence[str], port: int, log: Path) -> None:
        self.port = port
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self._process.poll() is None, self._log.read_text()[-2000:]
            assert time.monotonic() < deadline, self._log.read_text()[-2000:]
            time.sleep(0.02)

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server takes work."""

    def end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None


class Postgres(Server):
    """PostgreSQL over a folder of its own; `url(name)` makes a database."""

    def answers(self) -> bool:
        try:
            self._administer("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def url(self, name: str) -> str:
        self._administer(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://northgate@127.0.0.1:{self.port}/{name}"

    def crash(self) -> None:
        """End all its processes at once, without a checkpoint: the next start recovers."""
        self.end(signal.SIGQUIT)

    def _administer(self, statement: str) -> None:
        where = f"postgresql://northgate@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(where, autocommit=True, connect_timeout=2) as connection:
            connection.execute(statement)


class Redis(Server):
    """Redis, on memory only."""

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


@contextmanager
def postgres(*, fsync: bool = True) -> Iterator[Postgres]:
    """A new PostgreSQL server; as root it runs as the user that its package made.

    Without `fsync` it is much faster; for tests in which no machine loses its power.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not here: apt-get install postgresql runs these tests")
    binaries = found[-1].parent
    # Not pytest's folder: that is closed to other users.
    with tempfile.TemporaryDirectory(prefix="northgate-pg-") as name:
        folder = Path(name)
        drop = _other_user(folder)
        data = folder / "data"
        made = subprocess.run(
            [
                *drop,
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "northgate",
                "-A",
                "trust",
                "-E",
                "UTF8",
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        assert made.returncode == 0, made.stderr
        port = free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "shared_buffers": "32MB",
            "fsync": "on" if fsync else "off",
            "recovery_init_sync_method": "syncfs",  # else a start after a crash takes half a minute
            "synchronous_commit": "off",  # the journal must turn it on for itself
        }
        flags = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        command = [*drop, str(binaries / "postgres"), "-D", str(data), "-p", str(port), *flags]
        server = Postgres(command, port, folder / "log")
        server.start()
        try:
            yield server
        finally:
            server.crash()  # a proper end would write a checkpoint that nobody needs


@contextmanager
def redis_server() -> Iterator[Redis]:
    """A new Redis server."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("Redis is not here: apt-get install redis-server runs these tests")
    with tempfile.TemporaryDirectory(prefix="northgate-redis-") as name:
        folder = Path(name)
        port = free_port()
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", name]
        server = Redis([*command, "--save", "", "--appendonly", "no"], port, folder / "log")
        server.start()
        try:
            yield server
        finally:
            server.end(signal.SIGTERM)


def _other_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: what puts it under another user, who gets the folder."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("there is no user postgres, and PostgreSQL does not run as root")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [
        "setpriv",
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
    ]
