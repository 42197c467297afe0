"""Values that a schema admits: the contract's own examples first, then made ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from wireproof.ir.contract import Contract
from wireproof.ir.samples.check import Checker
from wireproof.ir.samples.texts import Leaf
from wireproof.ir.samples.values import Effort, Values
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds values of one contract for one direction.

    Attributes:
        contract: The contract.
        leaf: Finds a small value of a schema where making one does not lead to any.
        outbound: Whether the server sends the values.
        random: Chooses among equals; None takes the first everywhere.
    """

    contract: Contract
    leaf: Leaf
    outbound: bool
    random: Random | None = None

    def find(self, schema: SchemaId, shown: Sequence[Json] = ()) -> Iterator[Json]:
        """Values that the schema admits, those shown first; where there are none, the nearest."""
        values = Values(self.contract, self.leaf, outbound=self.outbound)
        checker = Checker(self.contract, self.outbound)
        none = True
        for value in (*shown, *values.candidates(schema, self.random)):
            if checker.admits(schema, value):
                none = False
                yield value
        least = self.leaf(schema)
        if least is not None:
            yield least
        elif none:
            yield shown[0] if shown else values.make(schema, self.random, Effort.SHOWN)
