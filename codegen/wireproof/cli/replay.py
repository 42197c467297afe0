"""`wireproof breaking --replay`: breaks tried on both contracts, over HTTP on loopback.

Requests go to mocks of both contracts. Answers come from a server that says what the witness
says, and are read as clients of each contract read them. What the server sends (webhooks,
callbacks) goes to receivers that were built for either contract. A break that no schema decides,
such as a new required parameter, is shown by the smallest request of its sender.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from wireproof.cli.replay_servers import Received, Served, exchange, receiver, served, why
from wireproof.cli.witness_answer import Client, Stage, given, stage, status_of
from wireproof.cli.witness_request import Sendable, Untold, sendable
from wireproof.compat.finding import Finding, Side, Tier, Verdict, Witness
from wireproof.compat.pairing import OperationPair, answers, operations, parameters
from wireproof.ir.contract import Contract, Operation, Parameter, Response
from wireproof.report.findings_words import shown

_SHOWN = 200
_MEDIA = frozenset({"request-media-type-removed", "request-media-type-added"})
_SMALLEST = _MEDIA | {
    "operation-removed",
    "parameter-added",
    "parameter-removed",
    "parameter-requiredness-changed",
    "request-body-added",
    "request-body-removed",
    "request-body-requiredness-changed",
}
"""Rules whose breaks the smallest request of its sender may show."""

_REASONS = {
    "security-changed": "mocks ask for no credentials",
    "security-scheme-changed": "mocks ask for no credentials",
    "parameter-serialisation-changed": "the values are the same, written in another way",
    "header-serialisation-changed": "the values are the same, written in another way",
    "encoding-changed": "the values are the same, written in another way",
    "response-header-added": "an answer that lacks a header is no witness by itself",
    "response-header-removed": "an answer that lacks a header is no witness by itself",
    "response-header-requiredness-changed": "an answer that lacks a header is no witness by itself",
    "response-media-type-added": "it is about which answers there are, not what one holds",
    "response-media-type-removed": "it is about which answers there are, not what one holds",
    "response-status-added": "it is about which answers there are, not what one holds",
    "response-status-removed": "it is about which answers there are, not what one holds",
}


@dataclass(frozen=True, slots=True)
class _Theatre:
    """Everything that a replay needs; of two things the base's comes first."""

    contracts: tuple[Contract, Contract]
    names: tuple[str, str]
    pairs: Mapping[str, OperationPair]
    mocks: tuple[Served, Served]
    receivers: tuple[Served, Served]
    clients: tuple[Client, Client]
    stage: Stage


def replay(
    findings: Sequence[Finding], base: Contract, head: Contract, names: tuple[str, str]
) -> Iterator[str]:
    """Lines that show each break at work, or say why it cannot be shown."""
    pairs = {pair.label: pair for pair in operations(base, head)}
    with ExitStack() as stack:
        theatre = _Theatre(
            (base, head),
            names,
            pairs,
            (stack.enter_context(served(base)), stack.enter_context(served(head))),
            (
                stack.enter_context(served(receiver(base, _hooks(pairs, "base")))),
                stack.enter_context(served(receiver(head, _hooks(pairs, "head")))),
            ),
            (Client(base), Client(head)),
            stack.enter_context(stage()),
        )
        for finding in findings:
            if finding.verdict is Verdict.BREAKING:
                yield f"replay of {finding.rule} {finding.fingerprint}"
                try:
                    yield from _tried(finding, theatre)
                    yield from _aside(finding)
                except Untold as reason:
                    yield f"  not shown: {reason}"


def _hooks(pairs: Mapping[str, OperationPair], side: str) -> dict[str, Operation]:
    found = {label: getattr(pair, side) for label, pair in pairs.items() if pair.inverted}
    return {label: operation for label, operation in found.items() if operation is not None}


def _tried(finding: Finding, theatre: _Theatre) -> Iterator[str]:
    whole = finding.whole
    label = whole.operation if whole else next(iter(finding.operations), "")
    pair = theatre.pairs.get(label)
    if pair is None or pair.base is None:
        raise Untold("it is about no message of one operation")
    if whole is None and finding.rule not in _SMALLEST:
        raise Untold(_reason(finding))
    if whole is not None and whole.part.startswith("response "):
        if pair.inverted:
            raise Untold("receivers of webhooks and callbacks are not asked for their answers")
        yield from _answered(whole, pair, theatre)
    else:
        yield from _sent(finding, whole, pair, theatre)


def _aside(finding: Finding) -> Iterator[str]:
    """A whole message is the smallest that breaks: another break of it may come first."""
    part, whole = finding.witness, finding.whole
    if part is not None and whole is not None and part.error != whole.error:
        yield f"  this message breaks already where another change does; alone: {part.error}"


def _reason(finding: Finding) -> str:
    if finding.tier is Tier.SDK:
        return "it breaks source code, not messages"
    return _REASONS.get(finding.rule, "messages stay valid, what they mean changes")


def _sent(
    finding: Finding, whole: Witness | None, pair: OperationPair, theatre: _Theatre
) -> Iterator[str]:
    """A request to both sides that may receive it."""
    inverted = finding.side is Side.RESPONSE
    sender = pair.head if inverted else pair.base
    if sender is None:
        raise Untold("nothing is sent any more")
    contract = theatre.contracts[inverted]
    carrier = _carrier(whole, pair, sender) if whole else None
    media = finding.detail if finding.rule in _MEDIA else ""
    request = sendable(contract, sender, whole, carrier, media)
    target = pair.label if pair.inverted else f"{request.method} {request.target}"
    yield f"  {_line(target, request)}"
    sites = theatre.receivers if pair.inverted else theatre.mocks
    said = [site.ask(request, pair.label if pair.inverted else "") for site in sites]
    for answer, name in zip(said, theatre.names, strict=True):
        who = f"a receiver of {name}" if pair.inverted else name
        outcome = f"refused: {why(answer)}" if answer.refused else "accepted"
        yield f"  {who} answers {answer.status}, {outcome}"
    if said[inverted].refused or not said[not inverted].refused:
        yield "  not shown: mocks do not tell these two apart"


def _carrier(whole: Witness, pair: OperationPair, sender: Operation) -> Parameter | None:
    """The sender's parameter that a witness is of; it may have another name in the head."""
    for both in parameters(pair.base or sender, pair.head or sender):
        named = f"{both.present.location.value} parameter {both.present.name!r}"
        if named == whole.part:
            return both.base if sender is pair.base else both.head
    if whole.part != "body":
        raise Untold(f"a {whole.part} is no request by itself")
    return None


def _line(target: str, request: Sendable) -> str:
    body = request.body.decode("utf-8", "replace") if request.body else ""
    plain = ("Content-Type", "application/json")
    fields = [f"{name}: {text}" for name, text in request.headers if (name, text) != plain]
    line = "  ".join(filter(None, [target, *fields, body]))
    line = line.replace("\r", "\\r").replace("\n", "\\n")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} ..."


def _answered(whole: Witness, pair: OperationPair, theatre: _Theatre) -> Iterator[str]:
    """An answer to clients of both contracts."""
    assert pair.base is not None  # noqa: S101 - the caller looked
    responses = _responses(pair, status_of(whole))
    theatre.stage.answer = given(whole)
    request = sendable(theatre.contracts[0], pair.base)
    received: Received = exchange(theatre.stage.host, theatre.stage.port, "", request)
    line = f"{request.method} {request.target} is answered {received.status}"
    yield f"  {line}  {shown(whole.value)}"
    readers = zip(theatre.clients, responses, theatre.names, strict=True)
    for client, response, name in readers:
        wrong = client.complaint(response, whole, received)
        yield f"  a client of {name} {f'cannot read it: {wrong}' if wrong else 'reads it'}"


def _responses(pair: OperationPair, status: str) -> tuple[Response, Response]:
    if pair.base is not None and pair.head is not None:
        for both in answers(pair.base, pair.head):
            if both.base and both.head and both.head.status == status:
                return both.base, both.head
    raise Untold(f"the response {status} stands in one contract only")
