"""`wireproof breaking --replay`: breaks tried on both contracts, over HTTP on loopback.

Requests go to mocks of both contracts; credentials are looked for where they are what changed.
Answers come from a server that says what the witness says, and are read as clients of each
contract read them. What the server sends (webhooks, callbacks) goes to receivers that were built
for either contract. A break that no schema decides is shown by the smallest message that does: a
request without a new required parameter, a list written as it was, a status that nobody knew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wireproof.cli.replay_reasons import reason
from wireproof.cli.replay_scenes import MEDIA, answered, ended, guarded, sent, spelled
from wireproof.cli.replay_theatre import Theatre, theatre
from wireproof.cli.witness_request import Untold
from wireproof.compat.finding import Finding, Verdict
from wireproof.ir.contract import Contract

_SMALLEST = MEDIA | {
    "operation-added",
    "operation-removed",
    "parameter-added",
    "parameter-removed",
    "parameter-requiredness-changed",
    "request-body-added",
    "request-body-removed",
    "request-body-requiredness-changed",
}
"""Rules whose breaks the smallest request of its sender may show."""

_SCENES = {
    "security-changed": guarded,
    "security-scheme-changed": guarded,
    "parameter-serialisation-changed": spelled,
    "response-status-added": ended,
    "response-media-type-added": ended,
    "response-header-removed": ended,
    "response-header-requiredness-changed": ended,
}
"""Rules whose breaks need more than a value."""


def replay(
    findings: Sequence[Finding], base: Contract, head: Contract, names: tuple[str, str]
) -> Iterator[str]:
    """Lines that show each break at work, or say why it cannot be shown."""
    with theatre(base, head, names) as house:
        for finding in findings:
            if finding.verdict is Verdict.BREAKING:
                yield f"replay of {finding.rule} {finding.fingerprint}"
                try:
                    yield from _tried(finding, house)
                    yield from _aside(finding)
                except Untold as why:
                    yield f"  not shown: {why}"


def _tried(finding: Finding, house: Theatre) -> Iterator[str]:
    whole = finding.whole
    label = whole.operation if whole else next(iter(finding.operations), "")
    pair = house.pairs.get(label)
    if pair is None or (pair.base is None and not pair.inverted):
        raise Untold("it is about no message of one operation")
    if finding.rule in _SCENES:
        yield from _SCENES[finding.rule](finding, pair, house)
    elif whole is None and finding.rule not in _SMALLEST:
        raise Untold(reason(finding))
    elif whole is not None and whole.part.startswith("response "):
        if pair.inverted:
            raise Untold("receivers of webhooks and callbacks are not asked for their answers")
        yield from answered(whole, pair, house)
    else:
        yield from sent(finding, whole, pair, house)


def _aside(finding: Finding) -> Iterator[str]:
    """A whole message is the smallest that breaks: another break of it may come first."""
    part, whole = finding.witness, finding.whole
    if part is not None and whole is not None and part.error != whole.error:
        yield f"  this message breaks already where another change does; alone: {part.error}"
