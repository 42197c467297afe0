"""What the attacks share: an order, a problem's code, and octets on a socket."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

ORDER = {
    "client_order_id": "a-1",
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}


def code(response: Any) -> tuple[int, str]:
    """Status and code of a problem that is whole, and says nothing of the inside."""
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["x-request-id"]
    for word in ("Traceback", "sqlite", "handlers.", ".py"):
        assert word not in response.text
    return response.status_code, problem["code"]


def state(client: Any) -> tuple[Any, ...]:
    """All that an attack on an account could have changed."""
    return (
        client.get("/v1/orders")["data"],
        client.get("/v1/balances")["data"],
        client.get("/v1/executions")["data"],
    )


def speak(host: str, port: int, *pieces: bytes, seconds: float = 30.0) -> bytes:
    """Send octets as they are; all that comes back until the server closes, or time is up."""
    with closing(socket.create_connection((host, port), timeout=seconds)) as connection:
        for piece in pieces:
            connection.sendall(piece)
        found = b""
        try:
            while chunk := connection.recv(65536):
                found += chunk
        except (TimeoutError, ConnectionResetError):
            pass
        return found


def eventually(true: Callable[[], bool], patience: float = 30.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def answers(octets: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """The HTTP/1.1 answers in a stream: status, header fields, body."""
    found = []
    while octets:
        head, _, rest = octets.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in lines)
        }
        length = int(fields.get("content-length", "0"))
        found.append((int(first.split()[1]), fields, rest[:length]))
        octets = rest[length:]
    return found


def problem(octets: bytes) -> tuple[int, str]:
    """Status and code of the only answer in a stream."""
    ((status, fields, body),) = answers(octets)
    assert fields["content-type"] == "application/problem+json"
    return status, json.loads(body)["code"]
