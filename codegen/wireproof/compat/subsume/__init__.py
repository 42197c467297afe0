"""Schema subsumption: a proof, or a value that one side sends and the other refuses.

`prove` asks one question, a `Prover` many about the same two contracts. How it works:
`graph` turns schemas into formulas, `solver` looks for a value of {sender, not receiver}, `cases`
unfolds that goal into conjunctions, `strings`, `leaves`, `arrays` and `objects` solve those, and
`validate` has two independent validators confirm every witness on the original schemas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_PROVER = f"{__name__}.prover"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module holds
    """What is asked for: rules are listed and named without loading the engine."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(_PROVER), name)
