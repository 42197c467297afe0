"""Walking types: what a declaration or an operation refers to, in document order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wireproof.ir.contract import MediaType, Operation
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


def members(declaration: TypeDecl) -> Iterator[Type]:
    """The types that a declaration is made of."""
    match declaration:
        case ModelDecl(properties=properties, additional=additional):
            for one in properties:
                yield one.type
            if additional is not None:
                yield additional
        case UnionDecl(arms=arms):
            for arm in arms:
                yield arm.type
        case AliasDecl(target=target):
            yield target
        case EnumDecl():
            return


def named(type_: Type) -> SchemaId | None:
    """The declaration that a use leads to, through lists, maps and null; None where to none."""
    while True:
        match type_:
            case ListType(item=inner) | MapType(value=inner) | NullableType(inner=inner):
                type_ = inner
            case NamedType(id=type_id):
                return type_id
            case _:
                return None


def operation_types(operation: Operation) -> Iterator[Type]:
    """The types that an operation and its callbacks hold, in document order."""
    yield from request_types(operation)
    yield from response_types(operation)
    for callback in operation.callbacks:
        yield from operation_types(callback)


def request_types(operation: Operation) -> Iterator[Type]:
    """The types of parameters and request bodies."""
    for parameter in operation.parameters:
        yield parameter.type
    if operation.request is not None:
        for media in operation.request.content:
            yield from _media_types(media)


def response_types(operation: Operation) -> Iterator[Type]:
    """The types of response bodies and headers."""
    for response in operation.responses:
        for media in response.content:
            yield from _media_types(media)
        for header in response.headers:
            yield header.type


def _media_types(media: MediaType) -> Iterator[Type]:
    yield media.type
    if media.item_type is not None:
        yield media.item_type
    for encoding in media.encoding:
        for header in encoding.headers:
            yield header.type


def declared_in(
    types: Mapping[SchemaId, TypeDecl], components: Sequence[SchemaId], roots: Iterable[Type]
) -> dict[SchemaId, None]:
    """Ids of all declarations: components, then what roots hold; inline ones follow their owner."""
    found: dict[SchemaId, None] = {}
    apart = frozenset(components)
    for component in components:
        _collect(types, component, apart, found)
    for root in roots:
        type_id = named(root)
        if type_id is not None:
            _collect(types, type_id, apart, found)
    return found


def _collect(
    types: Mapping[SchemaId, TypeDecl],
    first: SchemaId,
    apart: frozenset[SchemaId],
    found: dict[SchemaId, None],
) -> None:
    pending = [first]
    while pending:
        type_id = pending.pop()
        if type_id not in found:
            found[type_id] = None
            inner = [named(type_) for type_ in members(types[type_id])]
            pending.extend(one for one in reversed(inner) if one is not None and one not in apart)
