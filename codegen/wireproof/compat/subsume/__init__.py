"""Schema subsumption: a proof, or a value that one side sends and the other refuses.

`prove` asks one question, a `Prover` many about the same two contracts. How it works:
`graph` turns schemas into formulas, `solver` looks for a value of {sender, not receiver}, `cases`
unfolds that goal into conjunctions, `strings`, `leaves`, `arrays` and `objects` solve those, and
`validate` has two independent validators confirm every witness on the original schemas.
"""

from wireproof.compat.subsume.prover import Prover, prove
from wireproof.compat.subsume.verdicts import (
    Flow,
    Options,
    Proven,
    Reason,
    Refuted,
    SchemaRef,
    Unproven,
    Verdict,
)

__all__ = [
    "Flow",
    "Options",
    "Proven",
    "Prover",
    "Reason",
    "Refuted",
    "SchemaRef",
    "Unproven",
    "Verdict",
    "prove",
]
