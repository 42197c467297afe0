"""The gate: run every rule, join what means the same change, judge by lifecycle, sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from wireproof.compat.collector import rare_collection
from wireproof.compat.finding import Finding, Verdict
from wireproof.compat.lifecycle import excused
from wireproof.compat.pairing import OperationPair, operations
from wireproof.compat.rule import Comparison, Policy
from wireproof.compat.rules import FALLBACK, RULES, SCHEMA_RULES, SDK_RULES
from wireproof.compat.schemas.judge import judge_schemas
from wireproof.diagnostics import Severity, Span
from wireproof.ir.contract import Contract, Stability


def judge(base: Contract, head: Contract, policy: Policy) -> tuple[Finding, ...]:
    """Everything that changed from `base` to `head`, one finding a change, in a stable order."""
    with rare_collection():
        return _judge(base, head, policy)


def _judge(base: Contract, head: Contract, policy: Policy) -> tuple[Finding, ...]:
    comparison = Comparison(base, head, operations(base, head), policy)
    rules = (*RULES, *SDK_RULES) if policy.sdk else RULES
    found = chain(
        (finding for rule in rules for finding in rule.check(comparison)),
        judge_schemas(comparison, SCHEMA_RULES, FALLBACK),
    )
    experimental = frozenset(_experimental(comparison.pairs))
    weighed = (excused(_weigh(finding, experimental), policy.today) for finding in found)
    judged = (_strictly(finding.confirmed(), policy) for finding in _joined(weighed))
    return tuple(sorted(_one_sided(judged), key=_order))


def _experimental(pairs: Iterable[OperationPair]) -> Iterator[str]:
    """Operations whose base never promised anything."""
    for pair in pairs:
        if pair.base and pair.base.lifecycle.stability is Stability.EXPERIMENTAL:
            yield pair.label


def _weigh(finding: Finding, experimental: frozenset[str]) -> Finding:
    if finding.operations and experimental.issuperset(finding.operations):
        return finding.lowered(Severity.INFO)
    return finding


def _strictly(finding: Finding, policy: Policy) -> Finding:
    if policy.strict and finding.severity is Severity.WARNING:
        return replace(finding, severity=Severity.ERROR)
    return finding


def _joined(findings: Iterable[Finding]) -> Iterable[Finding]:
    """One finding a change: the same rule at the same subject, with all its operations.

    Where operations disagree on the verdict, the change is as bad as for the worst of them.
    """
    joined: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.side, finding.subject, finding.detail)
        known = joined.get(key)
        if known is None:
            joined[key] = finding
            continue
        worst = max(known, finding, key=lambda f: (f.severity, f.verdict))
        labels = tuple(sorted({*known.operations, *finding.operations}))
        joined[key] = replace(worst, operations=labels)
    return joined.values()


def _one_sided(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What requests and responses both see, and neither refuses, is said once."""
    twins: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule, finding.subject, finding.detail, finding.verdict, finding.severity)
        twins.setdefault(key, []).append(finding)
    for group in twins.values():
        if len(group) == 1 or group[0].verdict is Verdict.BREAKING:
            yield from group
        else:
            labels = sorted({label for finding in group for label in finding.operations})
            yield replace(group[0], side=None, operations=tuple(labels))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place or Span.point("")
    side = finding.side.value if finding.side else ""
    return (
        -finding.severity,
        place.file,
        place.line,
        place.column,
        finding.rule,
        side,
        finding.detail,
        finding.message,
    )
