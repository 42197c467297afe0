"""Load over keep-alive connections: answers per second, by the clock and by the server's CPU."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

CONNECTIONS = 16


@dataclass(frozen=True)
class Endpoint:
    """One of the two requests."""

    name: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""

    def wire(self) -> bytes:
        """The request as HTTP/1.1."""
        target = f"{self.path}?{self.query}" if self.query else self.path
        head = f"{self.method} {target} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n"
        if self.body:
            head += f"content-type: application/json\r\ncontent-length: {len(self.body)}\r\n"
        return head.encode() + b"\r\n" + self.body

    def scope(self) -> dict[str, object]:
        """The request as an ASGI scope."""
        headers = [(b"host", b"127.0.0.1"), (b"accept", b"*/*")]
        if self.body:
            headers.append((b"content-type", b"application/json"))
            headers.append((b"content-length", str(len(self.body)).encode()))
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": self.method,
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": self.query.encode(),
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }


class Connection(asyncio.Protocol):
    """One keep-alive connection: sends the next request when an answer is complete."""

    def __init__(self, request: bytes, done: asyncio.Future[None]) -> None:
        self.request = request
        self.answers = 0
        self.buffer = b""
        self.length = 0
        self.running = True
        self.done = done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Count an answer. All answers of a run have the length of the first one."""
        self.buffer += data
        if not self.length:
            self.length = self.measure()
        if self.length and len(self.buffer) >= self.length:
            self.buffer = b""
            self.answers += 1
            if self.running:
                self.transport.write(self.request)

    def measure(self) -> int:
        """Length of the first answer; 0 while its head is incomplete."""
        head, found, _ = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return 0
        if head[9:10] != b"2":
            raise SystemExit(f"not a success: {self.buffer[:300]!r}")
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        return len(head) + 4 + int(fields[b"content-length"])

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Tell the run that it is over."""
        if not self.done.done():
            self.done.set_result(None)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, pid: int, endpoint: Endpoint, seconds: float) -> tuple[float, float]:
    """Answers per second of one server, and per second of its CPU time."""
    loop = asyncio.get_running_loop()
    request = endpoint.wire()
    connections = []
    for _ in range(CONNECTIONS):
        _, connection = await loop.create_connection(
            lambda: Connection(request, loop.create_future()), "127.0.0.1", port
        )
        connections.append(connection)
    await asyncio.sleep(seconds / 5)  # warm
    before, started, busy = (
        sum(c.answers for c in connections),
        time.perf_counter(),
        cpu_seconds(pid),
    )
    await asyncio.sleep(seconds)
    answers = sum(c.answers for c in connections) - before
    elapsed, busy = time.perf_counter() - started, cpu_seconds(pid) - busy
    for connection in connections:
        connection.running = False
        connection.transport.close()
    await asyncio.gather(*(connection.done for connection in connections))
    return answers / elapsed, answers / busy
