"""Scenes of a replay, one for each kind of break: what is sent, and what both sides make of it."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator

from wireproof.cli.replay_servers import Received, exchange, why
from wireproof.cli.replay_theatre import Theatre
from wireproof.cli.witness_answer import Given, given, status_of
from wireproof.cli.witness_credentials import with_credentials
from wireproof.cli.witness_outcome import outcome
from wireproof.cli.witness_request import Sendable, Untold, sendable
from wireproof.cli.witness_spelling import telling
from wireproof.compat.finding import Finding, Side, Witness
from wireproof.compat.pairing import OperationPair, Pair, answers, parameters
from wireproof.ir.contract import Operation, Parameter, Response
from wireproof.report.findings_words import shown

_SHOWN = 200
_ALIKE = "mocks do not tell these two apart"
_NO_SENDER = "nothing is sent any more"
MEDIA = frozenset({"request-media-type-removed", "request-media-type-added"})


def sent(
    finding: Finding, whole: Witness | None, pair: OperationPair, theatre: Theatre
) -> Iterator[str]:
    """A request to both sides that may receive it."""
    sender, inverted = _sender(finding, pair)
    contract = theatre.contracts[inverted]
    carrier = _carrier(whole, pair, sender) if whole else None
    media = finding.detail if finding.rule in MEDIA else ""
    request = sendable(contract, sender, whole, carrier, media)
    target = pair.label if pair.inverted else f"{request.method} {request.target}"
    yield f"  {_line(target, request)}"
    sites = theatre.receivers if pair.inverted else theatre.mocks
    said = [site.ask(request, pair.label if pair.inverted else "") for site in sites]
    for answer, name in zip(said, theatre.names, strict=True):
        who = f"a receiver of {name}" if pair.inverted else name
        told = f"refused: {why(answer)}" if answer.refused else "accepted"
        yield f"  {who} answers {answer.status}, {told}"
    if said[inverted].refused or not said[not inverted].refused:
        yield f"  not shown: {_ALIKE}"


def guarded(finding: Finding, pair: OperationPair, theatre: Theatre) -> Iterator[str]:
    """A request with the credentials of one alternative that no longer do."""
    sender, _ = _sender(finding, pair)
    if pair.inverted:
        raise Untold("receivers of webhooks and callbacks look for no credentials")
    contract = theatre.contracts[0]
    for uses in sender.security or ((),):
        request = with_credentials(sendable(contract, sender), contract, uses)
        said = [site.ask(request) for site in theatre.guarded()]
        if not said[0].refused and said[1].refused:
            yield f"  {_line(f'{request.method} {request.target}', request)}"
            yield f"  {theatre.names[0]} answers {said[0].status}, accepted"
            yield f"  {theatre.names[1]} answers {said[1].status}, refused: {why(said[1])}"
            return
    raise Untold("mocks look whether credentials are there, not for scopes, tokens or signatures")


def spelled(finding: Finding, pair: OperationPair, theatre: Theatre) -> Iterator[str]:
    """A request whose parameter one side reads as it was meant, and the other does not."""
    sender, inverted = _sender(finding, pair)
    if pair.inverted:
        raise Untold("what receivers of webhooks and callbacks read is not looked at")
    both = _pair(finding.detail, pair)
    carrier = both.head if inverted else both.base
    if carrier is None:
        raise Untold("the parameter is gone")
    contract = theatre.contracts[inverted]
    for value in telling(contract, carrier):
        meant = Witness(finding.detail, value, "base", "head", "")
        try:
            request = sendable(contract, sender, meant, carrier)
        except Untold:
            continue
        lines = list(_readings(request, both, theatre))
        if lines:
            yield f"  {_line(f'{request.method} {request.target}', request)}"
            yield from lines
            return
    raise Untold("mocks read both ways of writing it alike")


def _readings(request: Sendable, both: Pair[Parameter], theatre: Theatre) -> Iterator[str]:
    """What both sides read, if the head reads something else than the base, or nothing."""
    said = [site.ask(request) for site in theatre.mocks]
    names = [one.name for one in (both.base, both.head) if one is not None]
    read = [site.read().get(name) for site, name in zip(theatre.mocks, names, strict=True)]
    if said[0].refused or (not said[1].refused and read[0] == read[1]):
        return
    yield f"  {theatre.names[0]} answers {said[0].status}, reads {_told(read[0])}"
    if said[1].refused:
        yield f"  {theatre.names[1]} answers {said[1].status}, refused: {why(said[1])}"
    else:
        yield f"  {theatre.names[1]} answers {said[1].status}, misread: {_told(read[1])}"


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def answered(whole: Witness, pair: OperationPair, theatre: Theatre) -> Iterator[str]:
    """An answer to clients of both contracts."""
    responses = _responses(pair, status_of(whole))
    received = yield from _staged(given(whole), shown(whole.value), pair, theatre)
    for client, response, name in zip(theatre.clients, responses, theatre.names, strict=True):
        wrong = client.complaint(response, whole, received)
        yield f"  a client of {name} {f'cannot read it: {wrong}' if wrong else 'reads it'}"


def ended(finding: Finding, pair: OperationPair, theatre: Theatre) -> Iterator[str]:
    """An answer of the head's that a client of the base does not expect."""
    if pair.inverted:
        raise Untold("receivers of webhooks and callbacks are not asked for their answers")
    status, _, more = finding.detail.partition(" ")
    response = _responded(pair, status)
    media = more if finding.rule == "response-media-type-added" else ""
    answer = outcome(theatre.contracts[1], response, media)
    fields = "  ".join(f"{name}: {text}" for name, text in answer.headers)
    yield from _staged(answer, fields or "without a body", pair, theatre)
    operations = (pair.base, pair.head)
    complaints = []
    for client, operation, name in zip(theatre.clients, operations, theatre.names, strict=True):
        if operation is not None:
            wrong = client.unread(operation, answer)
            complaints.append(wrong)
            yield f"  a client of {name} {f'cannot read it: {wrong}' if wrong else 'reads it'}"
    if not complaints[0] or complaints[-1]:
        yield "  not shown: clients of both make the same of it"


def _staged(
    answer: Given, told: str, pair: OperationPair, theatre: Theatre
) -> Generator[str, None, Received]:
    assert pair.base is not None  # noqa: S101 - the caller looked
    theatre.stage.answer = answer
    request = sendable(theatre.contracts[0], pair.base)
    received = exchange(theatre.stage.host, theatre.stage.port, "", request)
    yield f"  {request.method} {request.target} is answered {received.status}  {told}"
    return received


def _sender(finding: Finding, pair: OperationPair) -> tuple[Operation, bool]:
    """Who sends, and whether that is the head: of webhooks and callbacks, and in answers."""
    inverted = finding.side is Side.RESPONSE
    sender = pair.head if inverted else pair.base
    if sender is None:
        raise Untold(_NO_SENDER)
    return sender, inverted


def _carrier(whole: Witness, pair: OperationPair, sender: Operation) -> Parameter | None:
    """The sender's parameter that a witness is of; it may have another name in the head."""
    for both in parameters(pair.base or sender, pair.head or sender):
        named = f"{both.present.location.value} parameter {both.present.name!r}"
        if named == whole.part:
            return both.base if sender is pair.base else both.head
    if whole.part != "body":
        raise Untold(f"a {whole.part} is no request by itself")
    return None


def _pair(detail: str, pair: OperationPair) -> Pair[Parameter]:
    """The parameter that a finding names as `query:limit`."""
    if pair.base is not None and pair.head is not None:
        for both in parameters(pair.base, pair.head):
            if f"{both.present.location.value}:{both.present.name}" == detail:
                return both
    raise Untold("the parameter stands in one contract only")


def _line(target: str, request: Sendable) -> str:
    body = request.body.decode("utf-8", "replace") if request.body else ""
    plain = ("Content-Type", "application/json")
    fields = [f"{name}: {text}" for name, text in request.headers if (name, text) != plain]
    line = "  ".join(filter(None, [target, *fields, body]))
    line = line.replace("\r", "\\r").replace("\n", "\\n")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} ..."


def _responses(pair: OperationPair, status: str) -> tuple[Response, Response]:
    if pair.base is not None and pair.head is not None:
        for both in answers(pair.base, pair.head):
            if both.base and both.head and both.head.status == status:
                return both.base, both.head
    raise Untold(f"the response {status} stands in one contract only")


def _responded(pair: OperationPair, status: str) -> Response:
    """The head's response that a status of either contract is."""
    if pair.base is not None and pair.head is not None:
        for both in answers(pair.base, pair.head):
            named = {one.status for one in (both.base, both.head) if one is not None}
            if status in named and both.head is not None:
                return both.head
    raise Untold(f"the head does not answer {status}")
