"""The last resort: try values where the solver could not decide.

Values are made from the sender's smallest instance by putting interesting values (bounds and
their neighbours, listed values, examples, members of formats) in each of its places. The order is
fixed and the number is bounded, so the search ends the same way every time. It can find a
witness; that it finds none proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.values import distinct, kind_of
from wireproof.ir.schema import Schema, SchemaId, edges
from wireproof.source.node import Json

MAX_SCHEMAS = 200
MAX_LENGTH = 10_000
_ANYWHERE: tuple[Json, ...] = ("", "a", "A1", " ", "0", 0, 1, -1, True, False, None)


def candidates(base: Json, sides: list[tuple[Reading, SchemaId]], limit: int) -> Iterator[Json]:
    """Variations of a value, at most `limit` of them."""
    return islice(_vary(base, mined(sides)), limit)


def mined(sides: list[tuple[Reading, SchemaId]]) -> list[Json]:
    """Interesting values of all schemas that both sides reach, near ones first."""
    found: list[Json] = []
    for reading, first in sides:
        queue, seen = [first], {first}
        while queue and len(seen) < MAX_SCHEMAS:
            schema = reading.schemas[queue.pop(0)]
            found += _of_schema(schema)
            for child in edges(schema):
                if child not in seen:
                    seen.add(child)
                    queue.append(child)
    return distinct([*found, *_ANYWHERE])


def _of_schema(schema: Schema) -> list[Json]:
    found: list[Json] = [*(schema.enum or ()), *schema.examples]
    if schema.has_default:
        found.append(schema.default)
    bounds = (
        schema.minimum,
        schema.maximum,
        schema.exclusive_minimum,
        schema.exclusive_maximum,
        schema.multiple_of,
    )
    for bound in bounds:
        if bound is not None:
            near = (bound, bound + 1, bound - 1)
            found += [int(n) if n == n.to_integral_value() else n for n in near]
    for length in (schema.min_length, schema.max_length):
        if length is not None and length < MAX_LENGTH:
            found += ["a" * count for count in (length, length + 1, max(length - 1, 0))]
    found += formats.SAMPLES.get(schema.format or "", ())
    return found


def _vary(base: Json, values: list[Json]) -> Iterator[Json]:
    """The value itself, then each part replaced by each value, then parts left out."""
    yield base
    for path in list(_places(base)):
        kind = kind_of(_at(base, path))
        same = [value for value in values if kind_of(value) == kind]
        other = [value for value in values if kind_of(value) != kind]
        for value in (*same, *other):
            yield _replaced(base, path, value)


def _places(value: Json) -> Iterator[tuple[str | int, ...]]:
    yield ()
    if isinstance(value, dict):
        for name, item in value.items():
            yield from ((name, *rest) for rest in _places(item))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ((index, *rest) for rest in _places(item))


def _at(value: Json, path: tuple[str | int, ...]) -> Json:
    for token in path:
        value = value[token]
    return value


def _replaced(value: Json, path: tuple[str | int, ...], new: Json) -> Json:
    if not path:
        return new
    copy: Json = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy
