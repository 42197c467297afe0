"""Findings about schemas: explain every changed root once, then say it for its operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import orjson

from wireproof.compat.finding import Finding, Side, Witness
from wireproof.compat.rule import Comparison, finding
from wireproof.compat.schemas.change import SchemaRule
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.schemas.explain import Explainer, Judged
from wireproof.compat.schemas.heirs import inherited
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.positions import Position, positions
from wireproof.compat.schemas.questions import Questions
from wireproof.compat.schemas.spots import ways
from wireproof.compat.schemas.trials import Trials
from wireproof.compat.subsume.verdicts import Claimed, Decision, Options, Refuted
from wireproof.ir.schema import Schema
from wireproof.source.node import Json

_COMPONENTS = "#/components/schemas/"


def judge_schemas(comparison: Comparison, rules: Sequence[SchemaRule]) -> Iterator[Finding]:
    """One finding for each change of a pair of roots on one side; the gate joins them."""
    benches = Workbench(comparison.base), Workbench(comparison.head)
    readers = {text: _explainer(comparison, rules, benches, text=text) for text in (False, True)}
    alike: dict[tuple[SchemaPair, Side, bool], list[Position]] = {}
    for position in chain(positions(comparison.changed()), inherited(comparison)):
        key = (position.roots, position.side, position.textual)
        alike.setdefault(key, []).append(position)
    for (roots, side, textual), places in alike.items():
        operations = tuple(sorted({place.operation for place in places}))
        reader = readers[textual]
        for judged in reader.explain(roots, side):
            evidence = _Evidence(reader, judged, places[0])
            yield replace(_finding(comparison, judged, evidence), operations=operations)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The proofs about a change and about the message that it is in."""

    reader: Explainer
    judged: Judged
    position: Position

    def witness(self) -> Witness | None:
        """A value at the place of the change that tells the schemas as they are apart.

        If it can be one that the change alone lets through.
        """
        proof, failing, at = self.judged.proof, self.judged.failing, self.position
        if proof is None:
            return None
        part = at.part if failing == at.roots else _place(failing, at)
        own = self.reader.trials.whole(failing, at.side)
        if proof is not own:
            refuted = self.reader.trials.refutes(failing, at.side, _value(proof))
            if refuted is not None:
                return self._said(refuted, part)
        return self._said(own, part)

    def whole(self, most: int | None = None) -> Witness | None:
        """A whole body or parameter."""
        at = self.position
        if self.judged.proof is None or at.heir:
            return None
        proof = self.reader.trials.whole(at.roots, at.side)
        if isinstance(proof, Claimed) and most is not None and len(str(proof.value())) > most:
            return None
        said = self._said(proof, at.part)
        if said is None:
            return None
        return replace(said, operation=at.operation, media_type=at.media_type)

    def _said(self, proof: Decision, part: str) -> Witness | None:
        verdict = proof.confirm() if isinstance(proof, Claimed) else proof
        if not isinstance(verdict, Refuted):
            return None
        request = self.position.side is Side.REQUEST
        accepts, rejects = ("base", "head") if request else ("head", "base")
        return Witness(part, verdict.witness, accepts, rejects, verdict.error)


def _value(proof: Decision) -> Json:
    if isinstance(proof, Claimed):
        return proof.value()
    assert isinstance(proof, Refuted)  # noqa: S101 - only what fails breaks
    return proof.witness


def _explainer(
    comparison: Comparison,
    rules: Sequence[SchemaRule],
    benches: tuple[Workbench, Workbench],
    *,
    text: bool,
) -> Explainer:
    base, head = comparison.base, comparison.head
    return Explainer(
        base.schemas,
        head.schemas,
        rules,
        Trials(
            base.schemas,
            head.schemas,
            Questions(comparison, Options(open_world=comparison.policy.open_world, text=text)),
            benches,
            comparable=base.spec_version[:3] == head.spec_version[:3],
        ),
        comparison.twins.alike,
        comparison.policy.hasty,
    )


def _finding(comparison: Comparison, judged: Judged, evidence: _Evidence) -> Finding:
    base = comparison.base.schemas[judged.pair.base]
    head = comparison.head.schemas[judged.pair.head]
    position = evidence.position
    place = _place(judged.pair, position)
    return finding(
        judged.rule.id,
        judged.rule.tier,
        judged.verdict,
        f"{place}: {judged.change.message}",
        side=position.side,
        base=base.origin,
        head=head.origin,
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


def _place(pair: SchemaPair, position: Position) -> str:
    """`Order.side` for what a component owns, else the position and the way from there."""
    pointer = pair.head
    if pointer.startswith(_COMPONENTS):
        return _steps(pointer[len(_COMPONENTS) :])
    root = position.roots.head
    if pointer.startswith(root):
        way = _steps(pointer[len(root) :].lstrip("/"))
        return f"{position.part} {way}".rstrip()
    return position.part


def _steps(pointer: str) -> str:
    """`Order/properties/legs/items` -> `Order.legs[]`."""
    words: list[str] = []
    steps = iter(pointer.split("/"))
    for step in steps:
        name = step.replace("~1", "/").replace("~0", "~")
        if name in {"properties", "patternProperties"}:
            words.append("." + next(steps, ""))
        elif name == "items":
            words.append("[]")
        else:
            words.append(f".{name}" if words else name)
    return "".join(words)
