"""Heirs that come and go, and heirs that are called by another tag.

A base schema says nothing that a validator could hold against a tag, but its discriminator lists
what readers can tell apart. So a question is asked that the documents leave to be understood:
does a value of this heir, with its tag, carry one of the tags that the receiver knows? A receiver
knows the tags of its own heirs and those that its base lists as values. A family is open, so that
readers must expect further tags, where the base or the tag says `x-extensible-enum`, or where the
discriminator has a default mapping (OpenAPI 3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wireproof.compat.finding import Finding, Side, Tier, Verdict, Witness
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, finding
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.schemas.evidence import said
from wireproof.compat.schemas.heirs import Family, Tags, named, standings
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.positions import Position
from wireproof.compat.schemas.questions import Questions
from wireproof.compat.schemas.tags import ADDED, REMOVED, TagChange, changes, discriminator
from wireproof.compat.schemas.trials import fails, reasons
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.verdicts import Decision, Flow, Options, Proven, SchemaRef
from wireproof.ir.contract import Contract
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json, Node


@dataclass(frozen=True, slots=True)
class _Shown:
    """The value that a receiver knows no tag of."""

    decision: Decision
    part: str
    side: Side

    def witness(self) -> Witness | None:
        return said(self.decision, self.part, self.side)

    def whole(self, most: int | None = None) -> Witness | None:  # noqa: ARG002 - as Evidence has it
        """None: it is a value of an heir, not a whole message."""
        return None


def judge_families(comparison: Comparison) -> tuple[Finding, ...]:
    """One finding for each tag that came or went, at each side; the gate joins them."""
    known = comparison.memo.get(judge_families.__name__)
    if not isinstance(known, tuple):
        known = comparison.memo[judge_families.__name__] = tuple(_judged(comparison))
    return known


def _judged(comparison: Comparison) -> Iterator[Finding]:
    places: dict[tuple[SchemaPair, Side], list[tuple[Position, Family]]] = {}
    for one in standings(comparison):
        key = (one.family.base, one.position.side)
        places.setdefault(key, []).append((one.position, one.family))
    if not places:
        return
    court = _Court(comparison)
    for (_, side), found in places.items():
        operations = tuple(sorted({position.operation for position, _ in found}))
        position, family = found[0]
        for change in changes(comparison, family, side):
            judged = court.judged(family, change, side, position)
            yield replace(judged, operations=operations)


class _Court:
    """Asks what receivers make of tags."""

    def __init__(self, comparison: Comparison) -> None:
        self._contracts = comparison.base, comparison.head
        options = Options(open_world=comparison.policy.open_world)
        self._questions = Questions(comparison, options)
        self._benches = Workbench(comparison.base), Workbench(comparison.head)

    def judged(self, family: Family, change: TagChange, side: Side, position: Position) -> Finding:
        """The finding about one tag on one side."""
        decision = self._decided(family, change, side) if side is change.hurts else Proven()
        verdict, evidence = Verdict.COMPATIBLE, None
        if fails(decision):
            verdict = Verdict.BREAKING
            evidence = _Shown(decision, f"{named(change.heir)} in the {position.part}", side)
        elif not isinstance(decision, Proven):
            verdict = Verdict.UNPROVEN
        places = self._places(family, change)
        return finding(
            change.rule,
            Tier.WIRE,
            verdict,
            f"{named(family.base.head)}: {change.message}",
            side=side,
            base=None if change.rule == ADDED else places[0],
            head=None if change.rule == REMOVED else places[1],
            spots=(self._spot(0, family, change), self._spot(1, family, change)),
            detail=change.detail,
            evidence=evidence,
            reason=reasons(decision),
        )

    def _places(self, family: Family, change: TagChange) -> tuple[Node, Node]:
        """What the finding is about: an heir that came or went, else the base."""
        base, head = self._contracts
        before = change.heir if change.rule == REMOVED else family.base.base
        after = change.heir if change.rule == ADDED else family.base.head
        return base.schemas[before].origin, head.schemas[after].origin

    def _spot(self, side: int, family: Family, change: TagChange) -> Node | None:
        """Where the tag is mapped, or would be; None for an heir that needs no mapping."""
        base = self._contracts[side].schemas[family.base[side]]
        if not change.detail:
            return spot(base.origin, [("discriminator", "propertyName")])
        mapped = change.tag in discriminator(base).mapping
        if not mapped and change.rule == (REMOVED, ADDED)[side]:
            return None
        ways = [("discriminator", "mapping", change.tag), ("discriminator",)]
        return spot(base.origin, ways)

    def _decided(self, family: Family, change: TagChange, side: Side) -> Decision:
        """Whether the receiver knows the tag of what is sent.

        Where its schemas refuse such a value by themselves, that is their finding.
        """
        sends = 0 if side is Side.REQUEST else 1
        flow = Flow.REQUEST if side is Side.REQUEST else Flow.RESPONSE
        receives = 1 - sends
        contract, theirs = self._contracts[receives], (family.before, family.after)[receives]
        base = family.base[receives]
        sent = self._sent(sends, family, change)
        read = change.heir if change.heir in theirs.values() else base
        if fails(self._questions.decide(sent, SchemaRef(contract.schemas, read), flow)):
            return Proven()
        known = _Reader(contract, base, flow).known(theirs)
        if known is None:
            return Proven()
        return self._questions.decide(sent, self._benches[receives].made(known), flow)

    def _sent(self, side: int, family: Family, change: TagChange) -> SchemaRef:
        """Values of the heir with this tag."""
        contract = self._contracts[side]
        tag = discriminator(contract.schemas[family.base[side]]).property_name
        tagged: dict[str, Json] = {"required": [tag], "properties": {tag: {"enum": [change.tag]}}}
        return self._benches[side].made({"allOf": [{"$ref": change.heir}, tagged]})


class _Reader:
    """What a receiver can tell apart."""

    def __init__(self, contract: Contract, base: SchemaId, flow: Flow) -> None:
        self._flow = flow
        self._schemas = contract.schemas
        self._base = contract.schemas[base]
        self._in_place = Reading(contract.schemas, flow, receives=True).in_place

    def known(self, tags: Tags) -> dict[str, Json] | None:
        """A schema of values with a tag that it knows; None where it takes any tag."""
        if not tags:  # nothing is told apart
            return None
        stated_tag = discriminator(self._base)
        name = stated_tag.property_name
        stated = [self._base, *self._stated(name)]
        is_open = self._flow is Flow.RESPONSE and any(one.extensible_enum for one in stated)
        if is_open or stated_tag.default is not None:
            return None
        listed = [value for one in stated[1:] for value in one.enum or ()]
        known: Sequence[Json] = list(dict.fromkeys([*tags, *map(str, listed)]))
        return {"required": [name], "properties": {name: {"enum": known}}}

    def _stated(self, name: str) -> Iterator[Schema]:
        """What the base says about the tag's property."""
        for schema in self._in_place(self._base.id):
            if name in schema.properties:
                yield from self._in_place(schema.properties[name])
