"""Sample calls of every operation: curl, and both SDKs through the code that writes the SDKs."""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.docs.shell import Shell
from wireproof.emit.names import Names
from wireproof.emit.python import programs as python
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.emit.typescript import samples as typescript
from wireproof.ir.contract import Contract
from wireproof.source.node import Json

Sample = Mapping[str, str]
"""`lang`, `label` and `source`, as redoc's `x-codeSamples` has them."""

Options = Mapping[str, Mapping[str, Json]]
"""Target name -> its options in `wireproof.yaml`."""


def samples(
    contract: Contract, names: Names, templates: Templates, options: Options
) -> dict[str, list[Sample]]:
    """Samples by operation id, curl first."""
    shell = Shell(contract)
    found = {one.id: [_sample("Shell", "curl", shell.call(one))] for one in contract.operations}
    for target, label, write in (
        ("python", "Python", python.samples),
        ("typescript", "TypeScript", typescript.samples),
    ):
        given = EmitInput(contract, names, templates, options.get(target, {}))
        for operation_id, program in write(given):
            found[operation_id].append(_sample(label, label, program.rstrip("\n")))
    return found


def _sample(lang: str, label: str, source: str) -> Sample:
    return {"lang": lang, "label": label, "source": source}
