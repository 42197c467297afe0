"""Findings about schemas: explain every changed root once, then say it for its operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import orjson

from wireproof.compat.finding import Finding, Side, Verdict, Witness
from wireproof.compat.rule import Comparison, finding
from wireproof.compat.schemas.change import SchemaRule
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.schemas.explain import Explainer, Judged
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.positions import Position, positions
from wireproof.compat.schemas.spots import ways
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.twins import Twins
from wireproof.compat.subsume.verdicts import Flow, Options, Refuted, SchemaRef
from wireproof.compat.subsume.verdicts import Verdict as Proof
from wireproof.ir.schema import Schema, SchemaId

_STEPS = 40_000
"""Budget of one proof. What real contracts need lies far below; what exceeds it never ends."""
_COMPONENTS = "#/components/schemas/"


def judge_schemas(comparison: Comparison, rules: Sequence[SchemaRule]) -> Iterator[Finding]:
    """One finding for each change, side and operation; the gate joins them."""
    benches = Workbench(comparison.base), Workbench(comparison.head)
    readers = {text: _explainer(comparison, rules, benches, text=text) for text in (False, True)}
    known: dict[tuple[SchemaPair, Side, bool], tuple[Judged, ...]] = {}
    for position in positions(comparison):
        key = (position.roots, position.side, position.textual)
        if key not in known:
            known[key] = readers[position.textual].explain(position.roots, position.side)
        for judged in known[key]:
            found = _finding(comparison, position, judged)
            if found.witness is not None:
                proof = readers[position.textual].whole(position.roots, position.side)
                found = replace(found, whole=_whole(proof, position))
            yield found


def _explainer(
    comparison: Comparison,
    rules: Sequence[SchemaRule],
    benches: tuple[Workbench, Workbench],
    *,
    text: bool,
) -> Explainer:
    base, head = comparison.base, comparison.head
    twins = Twins(base.origin.value, head.origin.value)
    return Explainer(
        base.schemas,
        head.schemas,
        rules,
        Questions(Options(open_world=comparison.policy.open_world, text=text, steps=_STEPS)),
        lambda left, right: twins.alike(left.origin, right.origin),
        comparable=base.spec_version[:3] == head.spec_version[:3],
        benches=benches,
        hasty=comparison.policy.hasty,
    )


class Questions:
    """Asks the prover; keeps one for each pair of contracts and direction."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._provers: dict[tuple[int, int, Flow], Prover] = {}
        self._held: list[Mapping[SchemaId, Schema]] = []  # keeps the ids above from being reused

    def __call__(self, sender: SchemaRef, receiver: SchemaRef, flow: Flow) -> Proof:
        """Whether all that the sender may send is accepted."""
        key = (id(sender.schemas), id(receiver.schemas), flow)
        if key not in self._provers:
            self._held += [sender.schemas, receiver.schemas]
            self._provers[key] = Prover(sender.schemas, receiver.schemas, flow, self._options)
        return self._provers[key].prove(sender.id, receiver.id)


def _finding(comparison: Comparison, position: Position, judged: Judged) -> Finding:
    base = comparison.base.schemas[judged.pair.base]
    head = comparison.head.schemas[judged.pair.head]
    place = _place(judged.pair, position)
    return finding(
        judged.rule.id,
        judged.rule.tier,
        judged.verdict,
        f"{place}: {judged.change.message}",
        operation=position.operation,
        side=position.side,
        base=base.origin,
        head=head.origin,
        detail=judged.change.detail,
        content=_content(judged.rule, base, head),
        witness=_witness(judged, position, place),
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


def _witness(judged: Judged, position: Position, place: str) -> Witness | None:
    if judged.verdict is not Verdict.BREAKING or judged.proof is None:
        return None
    part = position.part if judged.pair == position.roots else place
    return _said(judged.proof, part, position.side)


def _whole(proof: Proof, position: Position) -> Witness | None:
    said = _said(proof, position.part, position.side)
    if said is None:
        return None
    return replace(said, operation=position.operation, media_type=position.media_type)


def _said(proof: Proof, part: str, side: Side) -> Witness | None:
    if not isinstance(proof, Refuted):
        return None
    accepts, rejects = ("base", "head") if side is Side.REQUEST else ("head", "base")
    return Witness(part, proof.witness, accepts, rejects, proof.error)


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
