"""The servers of a replay: mocks of contracts, and receivers of what a contract's server sends."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import orjson

from wireproof.cli.witness_answer import Given
from wireproof.cli.witness_request import Sendable
from wireproof.ir.contract import Contract, Direction, HttpBinding, Operation
from wireproof.mock.listen import MockServer
from wireproof.mock.message import Answer, Request
from wireproof.mock.service import Mock

Received = Given
"""An answer as it arrived."""

_WAIT = 10.0  # seconds for an answer on loopback
_POLL = 0.01  # seconds between two looks whether the end has come
_SHOWN = 200


@dataclass
class Served:
    """A contract on loopback, and what the last requests were answered."""

    server: MockServer
    mock: Mock
    answers: list[Answer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def ask(self, request: Sendable, hook: str = "") -> Answer:
        """Send a request, to a hook by its label; what the mock made of it."""
        if hook:
            query = request.target.partition("?")[2]
            target = _path(hook) + (f"?{query}" if query else "")
            request = replace(request, target=target)
        address = urlsplit(self.server.url)
        exchange(str(address.hostname), address.port or 0, address.path.rstrip("/"), request)
        return self.answers[-1]

    def read(self) -> Mapping[str, Any]:
        """What the contract read of the last request beside its body, by name."""
        return self.mock.parameters(self.requests[-1]) or {}


@contextmanager
def served(contract: Contract, *, credentials: bool = False) -> Iterator[Served]:
    """A mock of a contract, until the block ends; it may look for credentials."""
    answers: list[Answer] = []
    requests: list[Request] = []

    def observe(request: Request, answer: Answer) -> None:
        requests.append(request)
        answers.append(answer)

    mock = Mock(contract, credentials=credentials)
    with MockServer(mock, observe=observe) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
        thread.start()
        try:
            yield Served(server, mock, answers, requests)
        finally:
            server.shutdown()
            thread.join()


def receiver(contract: Contract, hooks: Mapping[str, Operation]) -> Contract:
    """The contract of who receives what a server sends: its webhooks and callbacks as operations.

    `hooks` are those by their labels.
    """
    operations = tuple(
        replace(
            operation,
            id=label,
            binding=HttpBinding(operation.binding.method, _path(label)),
            direction=Direction.CLIENT_TO_SERVER,
            security=(),
        )
        for label, operation in hooks.items()
    )
    return replace(contract, operations=operations, servers=())


def exchange(host: str, port: int, prefix: str, request: Sendable) -> Received:
    """One request and its answer."""
    connection = http.client.HTTPConnection(host, port, timeout=_WAIT)
    try:
        target = prefix + request.target
        connection.request(request.method, target, request.body, dict(request.headers))
        answer = connection.getresponse()
        return Received(answer.status, tuple(answer.getheaders()), answer.read())
    finally:
        connection.close()


def why(answer: Answer) -> str:
    """The detail of a problem (RFC 9457), else the body's beginning."""
    try:
        return str(orjson.loads(answer.body)["detail"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return answer.body.decode("utf-8", "replace")[:_SHOWN]


def _path(label: str) -> str:
    return f"/hooks/{sha256(label.encode()).hexdigest()[:12]}"
