"""One prover for each pair of contracts and direction, so that questions share what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wireproof.compat.rule import Comparison
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.twins import Alike
from wireproof.compat.subsume.verdicts import Decision, Flow, Options, SchemaRef
from wireproof.ir.schema import Schema, SchemaId

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
        key = (id(sender.schemas), id(receiver.schemas), flow)
        if key not in self._provers:
            ours, theirs = sender.schemas, receiver.schemas
            self._held += [ours, theirs]
            alike = self._alike(ours, theirs)
            self._provers[key] = Prover(ours, theirs, flow, self._options, alike=alike)
        return self._provers[key].decide(sender.id, receiver.id)

    def _alike(self, sender: Schemas, receiver: Schemas) -> Alike | None:
        """What is known already about both contracts."""
        base, head = self._comparison.base.schemas, self._comparison.head.schemas
        if sender is base and receiver is head:
            return self._comparison.twins.alike
        if sender is head and receiver is base:
            return self._comparison.twins.turned
        return None
