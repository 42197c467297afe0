"""What belongs together: operations, parameters, bodies, answers of two contracts, matched.

Matching is by what the wire sees. Path parameters have a place in the template, not a name
(`/orders/{id}` is `/orders/{order_id}`); header names ignore case; media types ignore case and
blanks. A `Pair` with one side missing is an addition or a removal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from wireproof.ir.contract import (
    Contract,
    Direction,
    Header,
    Location,
    MediaType,
    Operation,
    Parameter,
    Response,
)

T = TypeVar("T")

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_UTF8 = frozenset({"charset=utf-8", "charset=utf8"})


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """The same thing in both contracts; at least one side is present."""

    base: T | None
    head: T | None

    @property
    def present(self) -> T:
        """The head's, or the base's where it was removed."""
        found = self.head if self.head is not None else self.base
        assert found is not None  # noqa: S101 - a pair of nothing is never made
        return found

    @property
    def both(self) -> tuple[T, T] | None:
        """Both sides, or None where one is missing."""
        if self.base is None or self.head is None:
            return None
        return self.base, self.head


@dataclass(frozen=True, slots=True)
class OperationPair:
    """An operation in both contracts, or in one of them."""

    base: Operation | None
    head: Operation | None

    @property
    def present(self) -> Operation:
        """The head's, or the base's where it was removed."""
        found = self.head or self.base
        assert found is not None  # noqa: S101 - a pair of nothing is never made
        return found

    @property
    def label(self) -> str:
        """How reports name it: `POST /v1/orders`."""
        binding = self.present.binding
        return f"{binding.method} {binding.path}"

    @property
    def inverted(self) -> bool:
        """Whether the server sends the request: what is judged as request and response swaps."""
        return self.present.direction is Direction.SERVER_TO_CLIENT


def match(base: Iterable[T], head: Iterable[T], key: Callable[[T], object]) -> Iterator[Pair[T]]:
    """Pair two sequences by key: the base's order first, then what the head adds.

    Of several things with one key the first counts; documents that repeat one are diagnosed on
    load.
    """
    heads: dict[object, T] = {}
    for item in head:
        heads.setdefault(key(item), item)
    seen: set[object] = set()
    for item in base:
        name = key(item)
        if name not in seen:
            seen.add(name)
            yield Pair(item, heads.get(name))
    for name, item in heads.items():
        if name not in seen:
            yield Pair(None, item)


def operations(base: Contract, head: Contract) -> tuple[OperationPair, ...]:
    """All operations, webhooks, and the callbacks of operations that are in both contracts."""
    served = _served(base.operations, head.operations)
    called = match(base.webhooks, head.webhooks, _written)
    return tuple(one for pair in (*served, *called) for one in _with_callbacks(pair))


def _served(base: Iterable[Operation], head: Iterable[Operation]) -> Iterator[Pair[Operation]]:
    """Operations by path as written, what is left by template: the wire sees no parameter's name.

    Real contracts have twins, `/a/{x}` beside `/a/{y}`. A twin that goes leaves its callers to one
    that came or stayed; a twin that comes beside one that stays is an addition.
    """
    pairs = list(match(base, head, _written))
    came: dict[object, Operation] = {}
    stayed: dict[object, Operation] = {}
    for pair in pairs:
        if pair.head is not None:
            (came if pair.base is None else stayed).setdefault(_template(pair.head), pair.head)
    found: set[int] = set()
    for pair in pairs:
        if pair.base is not None:
            key = _template(pair.base)
            other = pair.head or came.get(key) or stayed.get(key)
            found.add(id(other))
            yield Pair(pair.base, other)
    yield from (pair for pair in pairs if pair.base is None and id(pair.head) not in found)


def _with_callbacks(pair: Pair[Operation]) -> Iterator[OperationPair]:
    yield OperationPair(pair.base, pair.head)
    if pair.base is not None and pair.head is not None:
        for inner in match(pair.base.callbacks, pair.head.callbacks, _written):
            yield from _with_callbacks(inner)


def parameters(base: Operation, head: Operation) -> Iterator[Pair[Parameter]]:
    """Parameters by place in the path, by lower-case name in headers, else by name."""
    base_key, head_key = _parameter_key(base), _parameter_key(head)
    before, after = (*base.parameters, *base.unplaced), (*head.parameters, *head.unplaced)
    keys = {id(p): base_key(p) for p in before}
    keys |= {id(p): head_key(p) for p in after}
    yield from match(before, after, lambda p: keys[id(p)])


def responses(base: Operation, head: Operation) -> Iterator[Pair[Response]]:
    """Responses by status as written (`2XX` and `2xx` are one)."""
    yield from match(base.responses, head.responses, lambda r: r.status.lower())


def answers(base: Operation, head: Operation) -> Iterator[Pair[Response]]:
    """Responses, each with the one that a reader of the other contract takes it for.

    A status that only one side writes belongs to the other's range (`2XX`), else to `default`.
    """
    for pair in responses(base, head):
        if pair.head is None:
            yield Pair(pair.base, _ranging(pair.present.status, head.responses))
        elif pair.base is None:
            yield Pair(_ranging(pair.present.status, base.responses), pair.head)
        else:
            yield pair


def successes(base: Operation, head: Operation) -> Iterator[Pair[Response]]:
    """Responses by status, and successes also with the range that they belong to.

    Errors in a range are told apart by status alone: what `default` says of a body or a header
    is no promise about every one of them.
    """
    for pair in answers(base, head):
        same = pair.base and pair.head and pair.base.status.lower() == pair.head.status.lower()
        if same or pair.present.status.startswith("2"):
            yield pair


def _ranging(status: str, among: Iterable[Response]) -> Response | None:
    known = {response.status.lower(): response for response in among}
    return known.get(f"{status[:1]}xx") or known.get("default")


def media_types(base: Iterable[MediaType], head: Iterable[MediaType]) -> Iterator[Pair[MediaType]]:
    """Bodies by media type, ignoring what `normal_media_type` does.

    What only one side lists goes with the closest range of the other side (`application/*`).
    """
    ours, theirs = tuple(base), tuple(head)
    for pair in match(ours, theirs, lambda m: normal_media_type(m.media_type)):
        if pair.head is None:
            yield Pair(pair.base, _closest(pair.present.media_type, theirs))
        elif pair.base is None:
            yield Pair(_closest(pair.present.media_type, ours), pair.head)
        else:
            yield pair


def _closest(media_type: str, among: Iterable[MediaType]) -> MediaType | None:
    known = {normal_media_type(other.media_type): other for other in among}
    return next((known[name] for name in _ranges(media_type) if name in known), None)


def _ranges(media_type: str) -> tuple[str, ...]:
    """A media type and what it is one of, the closest first."""
    wanted = normal_media_type(media_type)
    return wanted, wanted.partition(";")[0], f"{wanted.partition('/')[0]}/*", "*/*"


def headers(base: Iterable[Header], head: Iterable[Header]) -> Iterator[Pair[Header]]:
    """Headers by name, ignoring case."""
    yield from match(base, head, lambda h: h.name.lower())


def covered(media_type: str, ranges: Iterable[str]) -> bool:
    """Whether a media type is among media types and ranges (`*/*`, `application/*`)."""
    accepted = {normal_media_type(other) for other in ranges}
    return not accepted.isdisjoint(_ranges(media_type))


@lru_cache(maxsize=1024)
def normal_media_type(name: str) -> str:
    """`Application/JSON; Version=1; charset="utf-8"` -> `application/json;version=1`.

    UTF-8 is what readers take when no charset is stated (RFC 8259 8.1 for JSON).
    """
    kind, *parameters = re.sub(r'[\s"]+', "", name).lower().split(";")
    stated = sorted(one for one in parameters if one and one not in _UTF8)
    return ";".join((kind, *stated))


def _written(operation: Operation) -> tuple[str, str]:
    return operation.binding.method, operation.binding.path


def _template(operation: Operation) -> tuple[str, str]:
    return operation.binding.method, _TEMPLATE.sub("{}", operation.binding.path)


def _parameter_key(operation: Operation) -> Callable[[Parameter], object]:
    places = {name: n for n, name in enumerate(_TEMPLATE.findall(operation.binding.path))}

    def key(parameter: Parameter) -> object:
        if parameter.location is Location.PATH:
            return Location.PATH, places.get(parameter.name, parameter.name)
        if parameter.location is Location.HEADER:
            return Location.HEADER, parameter.name.lower()
        return parameter.location, parameter.name

    return key
