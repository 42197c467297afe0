"""What people who use the generated SDKs compile against: declared types and signatures.

Read from the same IR that the emitters read, so that both mean the same surface.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.compat.rule import Comparison, Kept
from wireproof.ir.dump import notation
from wireproof.ir.signature import Argument, Signature, signature
from wireproof.ir.types import ModelDecl, Property, Type, TypeDecl
from wireproof.ir.usage import usage


@dataclass(frozen=True, slots=True)
class Declared:
    """A type that both SDKs declare under the same id, and which way it travels in the base."""

    name: str
    base: TypeDecl
    head: TypeDecl
    sent: bool
    received: bool


def declared(comparison: Comparison) -> Iterator[Declared]:
    """Types of the base that the head declares as well, in the base's order."""
    ways = usage(comparison.base)
    for type_id, base in comparison.base.types.items():
        head = comparison.head.types.get(type_id)
        if head is not None:
            sent, received = type_id in ways.sent, type_id in ways.received
            yield Declared(short(type_id), base, head, sent, received)


def fields(found: Declared) -> Iterator[tuple[Property, Property | None]]:
    """The properties of a model, each with the head's; nothing for other kinds of types."""
    if isinstance(found.base, ModelDecl) and isinstance(found.head, ModelDecl):
        heads = {one.name: one for one in found.head.properties}
        for one in found.base.properties:
            yield one, heads.get(one.name)


@dataclass(frozen=True, slots=True)
class Calls:
    """An operation's call shape in both contracts."""

    kept: Kept
    base: Signature
    head: Signature

    def arguments(self) -> Iterator[tuple[Argument, Argument | None]]:
        """The base's arguments, each with the head's of the same origin on the wire."""
        heads = {_key(argument): argument for argument in self.head.arguments}
        for argument in self.base.arguments:
            yield argument, heads.get(_key(argument))

    def new(self) -> Iterator[Argument]:
        """Arguments that only the head has."""
        known = {_key(argument) for argument in self.base.arguments}
        yield from (one for one in self.head.arguments if _key(one) not in known)


def calls(comparison: Comparison) -> Iterator[Calls]:
    """The call shapes of operations that clients call."""
    for kept in comparison.kept():
        if kept.request.value == "request":
            yield Calls(
                kept,
                signature(comparison.base, kept.base),
                signature(comparison.head, kept.head),
            )


def spelled(type_: Type) -> str:
    """A type in one line, components by name."""
    return notation(type_).replace("#/components/schemas/", "")


def short(type_id: str) -> str:
    """How reports call a type: its component, or its pointer."""
    return type_id.removeprefix("#/components/schemas/")


def _key(argument: Argument) -> tuple[str, str]:
    source = argument.source
    return argument.place.value, argument.name if source is None else source.name
