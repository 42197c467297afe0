"""`wireproof breaking --replay`: witnesses sent to both contracts, served on loopback."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import orjson

from wireproof.cli.witness_request import Sendable, sendable
from wireproof.compat.finding import Finding, Side
from wireproof.compat.pairing import operations
from wireproof.ir.contract import Contract, Operation
from wireproof.mock.listen import MockServer
from wireproof.mock.message import Answer, Request
from wireproof.mock.service import Mock

_WAIT = 10.0  # seconds for an answer on loopback
_SHOWN = 200


@dataclass
class _Served:
    """A contract on loopback, and whether the last request followed it."""

    server: MockServer
    answers: list[Answer] = field(default_factory=list)

    def ask(self, request: Sendable) -> Answer:
        """Send a request; what the mock made of it."""
        address = urlsplit(self.server.url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=_WAIT)
        try:
            target = address.path.rstrip("/") + request.target
            connection.request(request.method, target, request.body, dict(request.headers))
            connection.getresponse().read()
        finally:
            connection.close()
        return self.answers[-1]


@contextmanager
def _served(contract: Contract) -> Iterator[_Served]:
    answers: list[Answer] = []

    def observe(_request: Request, answer: Answer) -> None:
        answers.append(answer)

    with MockServer(Mock(contract, credentials=False), observe=observe) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield _Served(server, answers)
        finally:
            server.shutdown()
            thread.join()


def replay(
    findings: Sequence[Finding], base: Contract, head: Contract, names: tuple[str, str]
) -> Iterator[str]:
    """Lines that show each witness of a request, and what both contracts make of it.

    Witnesses of answers are not sent: it is the client's contract that refuses them.
    """
    known = {pair.label: pair.base for pair in operations(base, head) if pair.base and pair.head}
    with _served(base) as old, _served(head) as new:
        for finding in findings:
            if finding.whole is None or finding.side is not Side.REQUEST:
                continue
            yield f"replay of {finding.rule} {finding.fingerprint}"
            yield from _shown(finding, base, known, (old, new), names)


def _shown(
    finding: Finding,
    base: Contract,
    known: dict[str, Operation],
    served: tuple[_Served, _Served],
    names: tuple[str, str],
) -> Iterator[str]:
    operation = known.get(finding.operations[0]) if finding.operations else None
    assert finding.whole is not None  # noqa: S101 - findings without one are not replayed
    request = None if operation is None else sendable(base, operation, finding.whole)
    if not isinstance(request, Sendable):
        yield f"  not sent: {request or 'its operation is not called by clients'}"
        return
    body = request.body.decode("utf-8", "replace") if request.body else ""
    yield f"  {request.method} {request.target}  {body[:_SHOWN]}".rstrip()
    for contract, name in zip(served, names, strict=True):
        answer = contract.ask(request)
        said = f"refused: {_why(answer)}" if answer.refused else "accepted"
        yield f"  {name} answers {answer.status}, {said}"


def _why(answer: Answer) -> str:
    """The detail of a problem (RFC 9457), else the body's beginning."""
    try:
        return str(orjson.loads(answer.body)["detail"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return answer.body.decode("utf-8", "replace")[:_SHOWN]
