"""Streams: several items, those that the contract shows first, and then the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import orjson

from wireproof.ir.contract import MediaType
from wireproof.ir.media import essence
from wireproof.source.node import Json

_MADE = 3
"""How many items a stream has that shows none."""
_TRIED = 24
_EVENTS = "text/event-stream"
_FIELD = ("data:", "event:", "id:", "retry:", ":")

Valid = Callable[[Json], bool]


def is_transcript(media: MediaType, value: Json) -> bool:
    """Whether an example is a stream of events as it travels, and not what one of them carries."""
    is_text = essence(media.media_type) == _EVENTS and isinstance(value, str)
    return is_text and str(value).startswith(_FIELD)


def transcript(value: Json) -> bytes:
    """The octets of such an example: its last event ends with an empty line."""
    return str(value).rstrip("\n").encode("utf-8", "replace") + b"\n\n"


def items(shown: Iterable[Json], made: Iterable[Json], valid: Valid) -> tuple[list[Json], bool]:
    """The items of a stream, and whether they are what its schema admits.

    Args:
        shown: Values of examples: a list is several items.
        made: Values to hold against the schema of an item, as many as anybody cares to ask for.
        valid: Whether that schema admits a value.
    """
    told = [item for value in shown for item in _listed(value)]
    good = [item for item in told if valid(item)]
    if good:
        return good, True
    found = list(islice(_distinct(filter(valid, islice(made, _TRIED))), _MADE))
    if found:
        return (found * _MADE)[:_MADE], True
    return told, False


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _distinct(values: Iterable[Json]) -> Iterator[Json]:
    seen: set[bytes] = set()
    for value in values:
        key = orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS)
        if key not in seen:
            seen.add(key)
            yield value
