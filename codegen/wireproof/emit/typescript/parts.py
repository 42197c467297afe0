"""What types are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ListType,
    MapType,
    ModelDecl,
    NamedType,
    NullableType,
    Type,
    TypeDecl,
    UnionDecl,
)


def closure(start: list[SchemaId], users: Mapping[SchemaId, list[SchemaId]]) -> set[SchemaId]:
    """These types, and all that are made of them."""
    found: set[SchemaId] = set()
    stack = [*start]
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack += users.get(current, ())
    return found


def inner(type_: Type) -> Iterator[Type]:
    """The type and all unnamed types in it; edges are given, not followed."""
    yield type_
    match type_:
        case ListType(part) | MapType(part) | NullableType(part):
            yield from inner(part)
        case _:
            pass


def uses(declared: TypeDecl) -> Iterator[Type]:
    """The types that a declaration is made of."""
    match declared:
        case ModelDecl():
            yield from (each.type for each in declared.properties)
            if declared.additional is not None:
                yield declared.additional
        case UnionDecl():
            yield from (arm.type for arm in declared.arms)
        case AliasDecl():
            yield declared.target
        case EnumDecl():
            pass
        case _:
            assert_never(declared)


def direct_parts(declared: TypeDecl) -> list[SchemaId]:
    """The types that an alias or a union stands for directly."""
    if not isinstance(declared, UnionDecl | AliasDecl):
        return []
    found = []
    for each in uses(declared):
        plain = each.inner if isinstance(each, NullableType) else each
        if isinstance(plain, NamedType):
            found.append(plain.id)
    return found
