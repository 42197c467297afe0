"""Formats that readers rely on: whether a text is of one."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_TIME = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)",
    re.ASCII,
)
_NOT_IN_URIS = re.compile(r"""[^!-~]|[<>"{}|\\^`]""")
_URI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*""")  # RFC 3986
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_FRACTION = re.compile(r"\.\d+")


def _is_instant(text: str) -> bool:
    plain = _FRACTION.sub("", text.upper())
    return bool(_INSTANT.fullmatch(text)) and _reads(datetime.fromisoformat, plain)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return True


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _whole(low: int, high: int) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        return bool(re.fullmatch(r"-?\d{1,20}", text, re.ASCII)) and low <= int(text) <= high

    return check


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date-time": _is_instant,
    "date": lambda text: len(text) == len("2026-01-31") and _reads(date.fromisoformat, text),
    "time": lambda text: (
        bool(_TIME.fullmatch(text)) and _reads(time.fromisoformat, _FRACTION.sub("", text.upper()))
    ),
    "duration": lambda text: bool(_DURATION.fullmatch(text)),
    "uuid": lambda text: bool(_UUID.fullmatch(text)) and _reads(UUID, text),
    "decimal": lambda text: bool(_DECIMAL.fullmatch(text)),
    "int64": _whole(-(1 << 63), (1 << 63) - 1),
    "uint64": _whole(0, (1 << 64) - 1),
    "byte": _is_base64,
    "uri": lambda text: bool(_URI.fullmatch(text)),
    "uri-reference": lambda text: not _NOT_IN_URIS.search(text),
    "email": lambda text: bool(_EMAIL.fullmatch(text)),
    "ipv4": lambda text: _reads(IPv4Address, text),
    "ipv6": lambda text: _reads(IPv6Address, text),
}


def has_format(text: str, name: str) -> bool:
    """Whether a text is of the format; every text is of a format that is not known here."""
    check = _CHECKS.get(name)
    return check is None or check(text)
