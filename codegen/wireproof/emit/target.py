"""What an emitter is: a function from a contract to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wireproof.diagnostics import Diagnostic
from wireproof.emit.cases.build import Cases
from wireproof.emit.memory import Memory
from wireproof.emit.names import Names
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract
from wireproof.source.node import Json


@dataclass(frozen=True, slots=True)
class EmitInput:
    """All that an emitter may look at.

    Attributes:
        contract: The contract.
        names: Allocated type names, shared by all targets.
        templates: The built-in templates under the project's own.
        options: The target's section of `wireproof.yaml`.
        custom: The project's own files in folders `custom` of the target, relative to its folder.
        memory: What earlier runs worked out, for what is slow.
        cases: Round trips of the contract, shared by targets; None where each makes its own.
    """

    contract: Contract
    names: Names
    templates: Templates
    options: Mapping[str, Json] = field(default_factory=dict)
    custom: frozenset[str] = frozenset()
    memory: Memory = field(default_factory=Memory)
    cases: Cases | None = None


@dataclass(frozen=True, slots=True)
class Emission:
    """Files by POSIX path relative to the target's folder, and what had to be left out."""

    files: Mapping[str, str | bytes]
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A named emitter."""

    name: str
    summary: str
    emit: Callable[[EmitInput], Emission]
