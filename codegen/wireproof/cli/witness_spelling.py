"""Values of a parameter that tell one way of writing it from another: more than one piece."""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.schemas.edits import Workbench
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Parameter
from wireproof.source.node import Json

_TELLING: tuple[dict[str, Json], ...] = (
    {"type": "array", "minItems": 2},
    {"type": "object", "minProperties": 2},
    {"type": "object", "minProperties": 1},
    {"type": "array", "minItems": 1},
    {},
)
"""What is asked of the value, the most telling first."""


def telling(contract: Contract, parameter: Parameter) -> Iterator[Json]:
    """Values that the parameter's schema admits: lists and objects first."""
    yield from (example.value for example in parameter.examples)
    bench = Workbench(contract)
    for wish in _TELLING:
        made = bench.made({"allOf": [{"$ref": parameter.schema}, wish]})
        value = Prover(made.schemas, made.schemas, Flow.REQUEST).smallest(made.id)
        if value is not None:
            yield value
