"""Cursor pagination: how the pages of a list follow each other."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import member
from wireproof.ir.contract import Parameter
from wireproof.ir.signature import Place
from wireproof.ir.types import ListType, ModelDecl, NullableType, Property, Type


@dataclass(frozen=True, slots=True)
class Paging:
    """Expressions of a paged call: where it starts, and what a page holds."""

    item: str
    start: str
    items: str
    next: str


def paging(
    spelling: Spelling, operation: Named, values: MutableMapping[str, str], imports: Imports
) -> Paging | None:
    """How an operation pages, or None where its promise cannot be kept by its types.

    The cursor's value becomes the variable of the function that fetches one page.
    """
    promise = operation.operation.pagination
    if promise is None:
        return None
    page = _page(spelling, operation)
    cursor = next(
        (
            each
            for each in operation.signature.arguments
            if each.place is Place.QUERY
            and isinstance(each.source, Parameter)
            and each.source.name == promise.cursor
        ),
        None,
    )
    if page is None or cursor is None:
        return None
    items, following = page.get(promise.items), page.get(promise.next_cursor)
    if items is None or following is None or _spelled(spelling, cursor.type) != "string":
        return None
    listed, items_missing = _item(spelling, items)
    if listed is None or _spelled(spelling, following.type) != "string":
        return None
    start, values[cursor.name] = values[cursor.name], "cursor"
    return Paging(
        item=spelling.use(listed, imports),
        start=start,
        items=member("page", items.name) + (" ?? []" if items_missing else ""),
        next=member("page", following.name),
    )


def _page(spelling: Spelling, operation: Named) -> dict[str, Property] | None:
    media = [result.media for result in operation.signature.results]
    if len(media) != 1 or media[0] is None:
        return None
    model = spelling.resolve(media[0].type)
    return {prop.name: prop for prop in model.properties} if isinstance(model, ModelDecl) else None


def _item(spelling: Spelling, prop: Property) -> tuple[Type | None, bool]:
    kind = spelling.resolve(prop.type)
    missing = not prop.required
    if isinstance(kind, NullableType):
        kind, missing = spelling.resolve(kind.inner), True
    return (kind.item, missing) if isinstance(kind, ListType) else (None, missing)


def _spelled(spelling: Spelling, type_: Type) -> str:
    kind = spelling.resolve(type_)
    if isinstance(kind, NullableType):
        return _spelled(spelling, kind.inner)
    return "string" if _textual(kind) else ""


def _textual(kind: object) -> bool:
    return getattr(getattr(kind, "scalar", None), "value", "") in ("string", "uuid", "uri", "bytes")
