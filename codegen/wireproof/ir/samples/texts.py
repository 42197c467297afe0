"""Texts of a schema: by format, by pattern, by length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from wireproof.ir.samples.searching import searcher
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json

Leaf = Callable[[SchemaId], Json]
"""A small value that one schema admits, None where none was found."""

FORMATS: Mapping[str, str] = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "PT30S",
    "email": "ada@example.com",
    "idn-email": "ada@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uri-reference": "/path",
    "iri": "https://example.com/",
    "iri-reference": "/path",
    "uri-template": "/path/{id}",
    "uuid": "6f1c7a52-6c0e-4d2f-8b57-0a4b8a5f3c11",
    "json-pointer": "/a",
    "relative-json-pointer": "0",
    "regex": "a*",
    "byte": "dGV4dA==",
    "decimal": "1.50",
    "int64": "1",
    "uint64": "1",
}
"""Texts of the formats that validators and SDKs know (RFC 3339, 5321, 4291, 3986, 9562)."""

_INSTANTS = (
    FORMATS["date-time"],
    "2026-01-31T12:00:00+00:00",
    "2026-01-31T12:00:00.000Z",
    "2026-01-31T12:00:00.000000Z",
    "2026-01-31T12:00:00.000000+00:00",
)
"""Spellings of one instant, for those who ask for a length."""
_WORDS = ("text", "alpha", "bravo", "delta", "echo", "omega")
_LONGEST = 10_000


def text(
    ids: tuple[SchemaId, ...], schemas: list[Schema], leaf: Leaf, random: Random | None
) -> Json:
    """A text that the conjunction of schemas most likely admits."""
    shortest = max((s.min_length or 0 for s in schemas), default=0)
    longest = min((s.max_length for s in schemas if s.max_length is not None), default=_LONGEST)
    patterns = [s.pattern for s in schemas if s.pattern]
    plain = _plain(schemas, random)
    if plain == FORMATS["date-time"]:
        plain = next((t for t in _INSTANTS if shortest <= len(t) <= longest), plain)
    if any(s.format in FORMATS for s in schemas):
        fitting = plain
    else:
        fitting = (plain * (1 + shortest // max(1, len(plain))))[: max(shortest, len(plain))]
        fitting = fitting[:longest]
    if not patterns or (shortest <= len(fitting) <= longest and _matches(patterns, fitting)):
        return fitting
    for schema_id in ids:
        found = leaf(schema_id)
        if isinstance(found, str):
            return found
    return fitting


def _plain(schemas: list[Schema], random: Random | None) -> str:
    known = next((s.format for s in schemas if s.format in FORMATS), None)
    if known is None:
        return random.choice(_WORDS) if random else _WORDS[0]
    if random is None:
        return FORMATS[known]
    return _varied(known, random)


def _varied(format_: str, random: Random) -> str:
    match format_:
        case "date-time":
            return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}T12:00:00Z"
        case "date":
            return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        case "uuid":
            digits = f"{random.getrandbits(128):032x}"
            return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"
        case "decimal":
            return f"{random.randint(1, 999)}.{random.randint(0, 99):02}"
        case "int64" | "uint64":
            return str(random.randint(1, 1 << 40))
        case _:
            return FORMATS[format_]


def _matches(patterns: list[str], candidate: str) -> bool:
    """Whether all patterns are found; a validator has the last word."""
    tests = [searcher(pattern) for pattern in patterns]
    return all(found is not None and found(candidate) for found in tests)
