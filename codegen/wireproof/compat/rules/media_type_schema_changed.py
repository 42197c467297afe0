"""A body got a schema, or lost it.

What
    A media type of a request or a response states a schema in one contract only.

Why
    Without a schema anything may be sent. A request body that gets one restricts what clients
    may send; a response body that loses its one may come as anything.

Upgrade
    request: Send a body that follows the new schema.
    response: Check what you read: the old schema no longer holds.

Bad
    base:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string}
    head:
      paths:
        /orders:
          get:
            responses:
              "200": {description: ok, content: {application/json: {}}}

Good
    base:
      paths:
        /orders:
          get:
            responses:
              "200": {description: ok, content: {application/json: {}}}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.compat.finding import Evidence, Finding, Side, Tier, Verdict, Witness
from wireproof.compat.pairing import Pair, media_types
from wireproof.compat.rule import Comparison, Kept, Rule, finding
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.subsume.verdicts import Flow, Options, Refuted, SchemaRef, Unproven
from wireproof.compat.subsume.verdicts import Verdict as Proof
from wireproof.ir.contract import Contract, MediaType
from wireproof.ir.schema import SchemaId


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each body that only one contract describes."""
    for kept in comparison.changed():
        for part, side, pair in _bodies(kept):
            if pair.base is None or pair.head is None:
                continue
            for name, before, after in _schemas(pair.base, pair.head):
                proof = _proof(comparison, before, after, side)
                yield finding(
                    RULE.id,
                    RULE.tier,
                    _verdict(proof),
                    f"the {part}{name} in {pair.head.media_type!r} "
                    f"{'lost its schema' if after is None else 'has a schema now'}",
                    operation=kept.label,
                    side=side,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    at=(("itemSchema" if name else "schema",),),
                    detail=f"{part}{name}",
                    evidence=_evidence(proof, f"{part}{name}", side, kept.label, pair.base),
                    reason=_reason(proof),
                )


Schemas = tuple[SchemaId | None, SchemaId | None]


def _schemas(base: MediaType, head: MediaType) -> Iterator[tuple[str, *Schemas]]:
    """What only one of the two describes: the body as a whole, the items of a stream."""
    rows = (("", base.schema, head.schema), (" item", base.item_schema, head.item_schema))
    for name, before, after in rows:
        if (before is None) != (after is None):
            yield name, before, after


def _bodies(kept: Kept) -> Iterator[tuple[str, Side, Pair[MediaType]]]:
    if kept.base.request is not None and kept.head.request is not None:
        for pair in media_types(kept.base.request.content, kept.head.request.content):
            yield "body", kept.request, pair
    for both in kept.responses:
        if both.base is not None and both.head is not None:
            for pair in media_types(both.base.content, both.head.content):
                yield f"response {both.head.status} body", kept.response, pair


def _proof(
    comparison: Comparison, base: SchemaId | None, head: SchemaId | None, side: Side
) -> Proof:
    from wireproof.compat.subsume.prover import prove  # noqa: PLC0415 - rarely asked, and large

    before, after = _schema(comparison.base, base), _schema(comparison.head, head)
    options = Options(open_world=comparison.policy.open_world)
    if side is Side.REQUEST:
        return prove(before, after, flow=Flow.REQUEST, options=options)
    return prove(after, before, flow=Flow.RESPONSE, options=options)


def _schema(contract: Contract, schema: SchemaId | None) -> SchemaRef:
    if schema is None:
        return Workbench(contract).anything()
    return SchemaRef(contract.schemas, schema)


def _verdict(proof: Proof) -> Verdict:
    if isinstance(proof, Refuted):
        return Verdict.BREAKING
    return Verdict.UNPROVEN if isinstance(proof, Unproven) else Verdict.COMPATIBLE


def _reason(proof: Proof) -> str:
    return "; ".join(r.text for r in proof.reasons) if isinstance(proof, Unproven) else ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A body that two validators have judged already."""

    body: Witness

    def witness(self) -> Witness | None:
        return self.body

    def whole(self, most: int | None = None) -> Witness | None:
        long = most is not None and len(str(self.body.value)) > most
        return None if long or self.body.part.endswith(" item") else self.body


def _evidence(
    proof: Proof, part: str, side: Side, operation: str, media: MediaType
) -> Evidence | None:
    if not isinstance(proof, Refuted):
        return None
    names = ("base", "head") if side is Side.REQUEST else ("head", "base")
    return _Shown(Witness(part, proof.witness, *names, proof.error, operation, media.media_type))


RULE = Rule("media-type-schema-changed", Tier.WIRE, "body", "change", check)
