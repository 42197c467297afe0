"""Findings about schemas: explain every changed root once, then say it for its operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import orjson

from wireproof.compat.finding import Finding, Side
from wireproof.compat.rule import Comparison, finding
from wireproof.compat.schemas.change import SchemaRule
from wireproof.compat.schemas.differences import Differences
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.schemas.evidence import Evidence, place
from wireproof.compat.schemas.explain import Explainer, Judged
from wireproof.compat.schemas.heirs import inherited
from wireproof.compat.schemas.lineage import judge_families
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.positions import Position, positions
from wireproof.compat.schemas.questions import Questions
from wireproof.compat.schemas.spots import ways
from wireproof.compat.schemas.tags import RETAGGED
from wireproof.compat.schemas.trials import Trials
from wireproof.compat.schemas.wrappers import places
from wireproof.compat.subsume.verdicts import Options
from wireproof.ir.schema import Schema, SchemaId


def judge_schemas(
    comparison: Comparison, rules: Sequence[SchemaRule], fallback: SchemaRule
) -> Iterator[Finding]:
    """One finding for each change of a pair of roots on one side; the gate joins them.

    `fallback` names what none of the rules does.
    """
    yield from (one for one in judge_families(comparison) if one.rule == RETAGGED)
    benches = Workbench(comparison.base), Workbench(comparison.head)
    readers = {
        text: _explainer(comparison, rules, fallback, benches, text=text) for text in (False, True)
    }
    alike: dict[tuple[SchemaPair, Side, bool], list[Position]] = {}
    for position in chain(positions(comparison.changed()), inherited(comparison)):
        key = (position.roots, position.side, position.textual)
        alike.setdefault(key, []).append(position)
    for (roots, side, textual), standing in alike.items():
        operations = tuple(sorted({place.operation for place in standing}))
        reader = readers[textual]
        for judged in reader.explain(roots, side):
            evidence = Evidence(reader, judged, standing[0])
            yield replace(_finding(comparison, judged, evidence), operations=operations)


def _explainer(
    comparison: Comparison,
    rules: Sequence[SchemaRule],
    fallback: SchemaRule,
    benches: tuple[Workbench, Workbench],
    *,
    text: bool,
) -> Explainer:
    base, head = comparison.base, comparison.head
    trials = Trials(
        base.schemas,
        head.schemas,
        Questions(comparison, Options(open_world=comparison.policy.open_world, text=text)),
        benches,
        comparable=base.spec_version[:3] == head.spec_version[:3],
    )
    differences = Differences(base.schemas, head.schemas, rules, comparison.twins.alike)
    return Explainer(differences, trials, comparison.policy.hasty, fallback)


def _finding(comparison: Comparison, judged: Judged, evidence: Evidence) -> Finding:
    base = comparison.base.schemas[judged.pair.base]
    head = comparison.head.schemas[judged.pair.head]
    position = evidence.position
    ours, theirs = places(base, head)
    pair = SchemaPair(judged.pair.base, SchemaId(f"#{theirs.pointer}"))
    return finding(
        judged.rule.id,
        judged.rule.tier,
        judged.verdict,
        f"{place(pair, position)}: {judged.change.message}",
        side=position.side,
        base=ours,
        head=theirs,
        detail=judged.change.detail,
        content=_content(judged.rule, base, head),
        evidence=evidence if judged.proof is not None else None,
        reason=judged.reason,
        at=ways(judged.rule, judged.change, base, head),
    )


def _content(rule: SchemaRule, base: Schema, head: Schema) -> str:
    """The values that the rule is about, where they are plain: `[["9","5"]]`."""
    values = [(getattr(base, name), getattr(head, name)) for name in rule.fields]
    said = [
        [_plain(before), _plain(after)]
        for before, after in values
        if before != after and not isinstance(before, Mapping)
    ]
    return orjson.dumps(said).decode() if said else ""


def _plain(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
