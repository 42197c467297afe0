"""What is asked about a pair of schemas: as they are, one change alone, one change taken back.

A change is asked about alone by an edited copy of one contract that differs in nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wireproof.compat.finding import Side
from wireproof.compat.schemas.change import Change, Edit
from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.questions import Questions
from wireproof.compat.subsume.verdicts import Claimed, Decision, Flow, Refuted, SchemaRef, Unproven
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json

Schemas = Mapping[SchemaId, Schema]


@dataclass(frozen=True, slots=True)
class Trials:
    """Proofs about schemas of two contracts and about edited copies of them.

    Attributes:
        base: Schemas of the base contract.
        head: Schemas of the head contract.
        questions: Asks whether all that one schema sends another accepts.
        benches: Where schemas of the base and of the head are edited.
        comparable: Whether raw keywords mean the same in both documents (same OpenAPI minor).
    """

    base: Schemas
    head: Schemas
    questions: Questions
    benches: tuple[Workbench, Workbench]
    comparable: bool

    def whole(self, pair: SchemaPair, side: Side) -> Decision:
        """The proof about two schemas with all their changes."""
        return self._decide(*self._both(pair), side)

    def refutes(self, pair: SchemaPair, side: Side, value: Json) -> Refuted | None:
        """The refutation of two schemas that a value is, if both validators say so."""
        base, head = self._both(pair)
        if side is Side.REQUEST:
            return self.questions.refutes(base, head, Flow.REQUEST, value)
        return self.questions.refutes(head, base, Flow.RESPONSE, value)

    def alone(self, pair: SchemaPair, change: Change, side: Side) -> Decision | None:
        """What this change does by itself; None where that cannot be asked."""
        if change.edit is None or (change.edit.foreign and not self.comparable):
            return None
        of_base = change.edit.of == "base"
        schema = self.base[pair.base] if of_base else self.head[pair.head]
        both = self.benches[not of_base].alone(schema, change.edit)
        if both is None:
            return None
        before, after = both if of_base else reversed(both)
        return self._decide(before, after, side)

    def without(self, pair: SchemaPair, edit: Edit | None, side: Side) -> Decision | None:
        """The proof about two schemas, one change of the head's taken back."""
        both = None
        if edit is not None and edit.of == "head":
            both = self.benches[1].alone(self.head[pair.head], edit)
        return None if both is None else self._decide(self._both(pair)[0], both[1], side)

    def _both(self, pair: SchemaPair) -> tuple[SchemaRef, SchemaRef]:
        return SchemaRef(self.base, pair.base), SchemaRef(self.head, pair.head)

    def _decide(self, before: SchemaRef, after: SchemaRef, side: Side) -> Decision:
        if side is Side.REQUEST:
            return self.questions.decide(before, after, Flow.REQUEST)
        return self.questions.decide(after, before, Flow.RESPONSE)


def fails(decision: Decision | None) -> bool:
    """Whether it is a refutation."""
    return isinstance(decision, Refuted | Claimed)


def reasons(decision: Decision) -> str:
    """Why it is open; "" where it is not."""
    if isinstance(decision, Unproven):
        return "; ".join(reason.text for reason in decision.reasons)
    return ""
