"""What `format` means to the proof: a language, a range, a predicate, or nothing at all.

- *languages* are regular and exact: dates (leap years included), times, UUIDs, IPv4, base64,
  decimals. They take part in automata like a pattern.
- *ranges* bound numbers: `int32`, `int64`, `float`.
- *predicates* (e-mail, host names, URIs, ...) are not worth an automaton: membership is asked of
  the validator, and two of them relate by name (`IMPLIES`).
- *annotations* (`password`, `binary`, `double`, ...) assert nothing.
- Every other name is an opaque atom: equal to itself, otherwise undecided.

Sources: RFC 3339 (with year 0000 left out, which readers refuse), RFC 4122, RFC 2673,
RFC 4648 section 4, the OpenAPI format registry.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import jsonschema_rs

_YEAR = r"(?:\d{3}[1-9]|\d{2}[1-9]\d|\d[1-9]\d{2}|[1-9]\d{3})"
_LEAP_YEAR = r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DATE = (
    rf"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))"
    rf"|{_LEAP_YEAR}-02-29)"
)
_OFFSET = r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
_TIME = rf"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?{_OFFSET}"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

LANGUAGES: dict[str, str] = {
    "date": f"^{_DATE}$",
    "time": f"^{_TIME}$",
    "date-time": f"^{_DATE}[Tt]{_TIME}$",
    "uuid": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    "ipv4": rf"^{_OCTET}(?:\.{_OCTET}){{3}}$",
    "byte": f"^{_BASE64}$",
    "decimal": r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$",
}
"""Formats of strings that are regular, as anchored patterns."""

INJECTED = frozenset({"byte", "decimal"})
"""Languages that no validator knows by name; they are handed the pattern instead."""

_FLOAT_LIMIT = Decimal("3.4028234663852886e38")
RANGES: dict[str, tuple[Decimal, Decimal]] = {
    "int32": (Decimal(-(2**31)), Decimal(2**31 - 1)),
    "int64": (Decimal(-(2**63)), Decimal(2**63 - 1)),
    "float": (-_FLOAT_LIMIT, _FLOAT_LIMIT),
}
"""Formats of numbers, as closed intervals."""

ANNOTATIONS = frozenset({"password", "binary", "double", "html", "markdown", "commonmark"})
"""Formats that assert nothing about the value."""

SAMPLES: dict[str, tuple[str, ...]] = {
    "date": ("2024-01-31",),
    "time": ("12:30:00Z",),
    "date-time": ("2024-01-31T12:30:00Z",),
    "uuid": ("123e4567-e89b-42d3-a456-426614174000",),
    "ipv4": ("192.0.2.1",),
    "byte": ("YQ==",),
    "decimal": ("1.5", "1", "100.00"),
    "email": ("a@example.com",),
    "idn-email": ("a@example.com",),
    "hostname": ("example.com", "a"),
    "idn-hostname": ("example.com", "a"),
    "ipv6": ("2001:db8::1",),
    "uri": ("https://example.com/a", "http://example.com", "urn:a:b"),
    "uri-reference": ("https://example.com/a", "/a"),
    "iri": ("https://example.com/a",),
    "iri-reference": ("https://example.com/a", "/a"),
    "uri-template": ("/a/{b}", "/a"),
    "json-pointer": ("/a", ""),
    "relative-json-pointer": ("0", "1/a"),
    "regex": ("^a$",),
    "duration": ("P1D", "PT1H"),
}
"""Readable members of each format, the best first."""

PREDICATES = frozenset(SAMPLES) - frozenset(LANGUAGES)
"""Formats whose members only the validator recognises."""

IMPLIES: dict[str, frozenset[str]] = {
    "email": frozenset({"idn-email"}),
    "hostname": frozenset({"idn-hostname"}),
    "uri": frozenset({"uri-reference", "iri", "iri-reference"}),
    "uri-reference": frozenset({"iri-reference"}),
    "iri": frozenset({"iri-reference"}),
}
"""Predicate -> predicates that hold of all its members."""


def is_text(name: str) -> bool:
    """Whether a format says which strings there are."""
    return name in LANGUAGES or name in PREDICATES


def is_unknown(name: str) -> bool:
    """Whether nothing is known of a format but its name."""
    return not is_text(name) and name not in ANNOTATIONS and name not in RANGES


@cache
def _judge(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)


def is_member(name: str, text: str) -> bool:
    """Whether a validator accepts a string for a predicate format."""
    return _judge(name).is_valid(text)


def reading(name: str) -> str:
    """How the proof reads a format, in words for a report."""
    if name in LANGUAGES:
        return f"format '{name}' was read as the language of its definition"
    if name in RANGES:
        return f"format '{name}' was read as a range of numbers"
    if name in PREDICATES:
        return f"format '{name}' was read as the validator checks it"
    if name in ANNOTATIONS:
        return f"format '{name}' asserts nothing"
    return f"format '{name}' is not known: read as equal to itself only"
