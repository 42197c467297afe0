"""What every part of the package starts from: names, spelled types, the writer of functions."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.target import EmitInput
from wireproof.emit.typescript.calls import Writer
from wireproof.emit.typescript.documentation import Documentation
from wireproof.emit.typescript.operations import Named, name_operations
from wireproof.emit.typescript.package import Package, package
from wireproof.emit.typescript.servers import server_url
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.typenames import RESERVED_TYPES


@dataclass(frozen=True, slots=True)
class Planned:
    """One package before anything of it is written; `base` is the first server's URL, or ""."""

    spelling: Spelling
    operations: list[Named]
    package: Package
    base: str
    writer: Writer


def planned(given: EmitInput) -> Planned:
    """Choose the names of everything that the package holds."""
    contract = given.contract
    spelling = Spelling(contract, given.names)
    types = frozenset({*spelling.names.values(), *spelling.inputs.values()})
    operations = name_operations(contract, types)
    classes = frozenset(each.class_name for each in operations)
    base = next(filter(None, map(server_url, contract.servers[:1])), "")
    named = {each.operation.id: each for each in operations}
    return Planned(
        spelling=spelling,
        operations=operations,
        package=package(contract, given.options, types | RESERVED_TYPES | classes),
        base=base,
        writer=Writer(spelling, named, Documentation(spelling), base),
    )
