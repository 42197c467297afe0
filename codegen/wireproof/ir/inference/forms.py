"""Forms: what a schema turns out to be, before anybody needs its members."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.ir.inference.facts import Facts
from wireproof.ir.types import EnumMember, NullableType, Type, UnionArm


@dataclass(frozen=True, slots=True)
class Plain:
    """A type that needs no declaration."""

    type: Type


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known properties."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A set of scalar values."""

    members: tuple[EnumMember, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several types, told apart by `tag` where it is set."""

    arms: tuple[UnionArm, ...]
    tag: str | None = None
    open: bool = False


Form = Plain | Record | Enumeration | Choice


def without_null(type_: Type) -> Type:
    """The type less null."""
    return type_.inner if isinstance(type_, NullableType) else type_
