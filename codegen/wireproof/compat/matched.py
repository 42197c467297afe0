"""Objects outside schemas that are in both contracts and differ, and in which of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.compat.pairing import headers, match, media_types
from wireproof.compat.rule import Comparison, Kept
from wireproof.ir.contract import Header, MediaType
from wireproof.source.node import Node


@dataclass(frozen=True, slots=True)
class Matched:
    """One object in both contracts.

    Attributes:
        kind: A key of `objects.FIELDS`.
        name: How reports call it.
        operation: The operation that it belongs to; "" for the document's own.
        base: Where it stands in the base.
        head: Where it stands in the head.
    """

    kind: str
    name: str
    operation: str
    base: Node
    head: Node


def changed_fields(found: Matched) -> Iterator[str]:
    """The fields that differ as written, in document order."""
    before, after = found.base.value, found.head.value
    if before is after or not isinstance(before, dict) or not isinstance(after, dict):
        return
    for key in {**before, **after}:
        if key not in before or key not in after or before[key] != after[key]:
            yield key


def matched(comparison: Comparison) -> tuple[Matched, ...]:
    """Every object that is in both contracts, is no schema, and differs as written."""
    known = comparison.memo.get(matched.__name__)
    if not isinstance(known, tuple):
        differing = (one for one in _matched(comparison) if one.base.value != one.head.value)
        known = comparison.memo[matched.__name__] = tuple(differing)
    return known


def _matched(comparison: Comparison) -> Iterator[Matched]:
    base, head = comparison.base, comparison.head
    yield Matched("openapi", "the document", "", base.origin, head.origin)
    yield from _both("info", "the contract", base.origin.get("info"), head.origin.get("info"))
    for name, scheme in base.security_schemes.items():
        other = head.security_schemes.get(name)
        if other is not None:
            label = f"security scheme {name!r}"
            yield Matched("security-scheme", label, "", scheme.origin, other.origin)
    for kept in comparison.changed():
        yield from _operation(kept)


def _both(kind: str, name: str, base: Node | None, head: Node | None) -> Iterator[Matched]:
    if base is not None and head is not None:
        yield Matched(kind, name, "", base, head)


def _path_item(operation: Node) -> Node | None:
    """What an operation stands in; methods of 3.2 that are not fixed stand a level deeper."""
    parent = operation.parent
    more = parent is not None and parent.key == "additionalOperations"
    return parent.parent if more and parent is not None else parent


def _operation(kept: Kept) -> Iterator[Matched]:
    label = kept.label
    before, after = _path_item(kept.base.origin), _path_item(kept.head.origin)
    if before is not None and after is not None:
        yield Matched("path-item", f"the path of {label}", label, before, after)
    yield Matched("operation", label, label, kept.base.origin, kept.head.origin)
    for pair in kept.parameters:
        if pair.base is None or pair.head is None:
            continue
        origins = pair.base.origin, pair.head.origin
        if all("in" in node.value for node in origins):  # else the template implies it
            name = f"the {pair.head.location.value} parameter {pair.head.name!r}"
            yield Matched("parameter", name, label, *origins)
    old, new = kept.base.request, kept.head.request
    if old is not None and new is not None:
        yield Matched("request-body", "the body", label, old.origin, new.origin)
        yield from _media(label, "the body", old.content, new.content)
    for both in kept.responses:
        if both.base is None or both.head is None:
            continue
        name = f"the response {both.head.status}"
        yield Matched("response", name, label, both.base.origin, both.head.origin)
        yield from _headers(label, name, both.base.headers, both.head.headers)
        yield from _media(label, name, both.base.content, both.head.content)


def _headers(
    label: str, owner: str, base: tuple[Header, ...], head: tuple[Header, ...]
) -> Iterator[Matched]:
    for pair in headers(base, head):
        if pair.base is not None and pair.head is not None:
            name = f"the header {pair.head.name!r} of {owner}"
            yield Matched("header", name, label, pair.base.origin, pair.head.origin)


def _media(
    label: str, owner: str, base: tuple[MediaType, ...], head: tuple[MediaType, ...]
) -> Iterator[Matched]:
    for pair in media_types(base, head):
        if pair.base is None or pair.head is None:
            continue
        name = f"{owner} in {pair.head.media_type!r}"
        yield Matched("media-type", name, label, pair.base.origin, pair.head.origin)
        for part in match(pair.base.encoding, pair.head.encoding, lambda e: e.property_name):
            if part.base is not None and part.head is not None:
                inner = f"the part {part.head.property_name!r} of {name}"
                yield Matched("encoding", inner, label, part.base.origin, part.head.origin)
