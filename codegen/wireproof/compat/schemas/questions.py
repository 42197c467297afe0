"""One prover for each pair of contracts and direction, so that questions share what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.compat.rule import Comparison
from wireproof.compat.subsume.twins import Alike
from wireproof.compat.subsume.verdicts import Decision, Flow, Options, Refuted, SchemaRef
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json

if TYPE_CHECKING:
    from wireproof.compat.subsume.prover import Prover

_STEPS = 40_000
"""Budget of one proof. What real contracts need lies far below; what exceeds it never ends."""

Schemas = Mapping[SchemaId, Schema]


class Questions:
    """Asks whether all that one schema sends another accepts."""

    def __init__(self, comparison: Comparison, options: Options) -> None:
        self._comparison = comparison
        self._options = replace(options, steps=_STEPS)
        self._provers: dict[tuple[int, int, Flow], Prover] = {}
        self._held: list[Schemas] = []  # keeps the ids above from being reused

    def decide(self, sender: SchemaRef, receiver: SchemaRef, flow: Flow) -> Decision:
        """The answer about two schemas; a refutation may still have to be confirmed."""
        return self._prover(sender.schemas, receiver.schemas, flow).decide(sender.id, receiver.id)

    def refutes(
        self, sender: SchemaRef, receiver: SchemaRef, flow: Flow, value: Json
    ) -> Refuted | None:
        """The refutation that a value is, if both validators say so."""
        prover = self._prover(sender.schemas, receiver.schemas, flow)
        return prover.refutes(sender.id, receiver.id, value)

    def _prover(self, sender: Schemas, receiver: Schemas, flow: Flow) -> Prover:
        key = (id(sender), id(receiver), flow)
        if key not in self._provers:
            from wireproof.compat.subsume.prover import Prover  # noqa: PLC0415 - large, and rules are listed without

            self._held += [sender, receiver]
            alike = self._alike(sender, receiver)
            self._provers[key] = Prover(sender, receiver, flow, self._options, alike=alike)
        return self._provers[key]

    def _alike(self, sender: Schemas, receiver: Schemas) -> Alike | None:
        """What is known already about both contracts."""
        base, head = self._comparison.base.schemas, self._comparison.head.schemas
        if sender is base and receiver is head:
            return self._comparison.twins.alike
        if sender is head and receiver is base:
            return self._comparison.twins.turned
        return None
