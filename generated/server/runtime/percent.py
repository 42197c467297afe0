"""Percent-decoding that forgives nothing: what is not well formed is refused, not guessed at."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from .problem import Detail, Problem, malformed, pointer

_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")


def decode(text: str, location: str, name: str = "") -> str:
    """The characters behind a percent-encoded text (RFC 3986, UTF-8).

    Raises:
        Problem: 400 where an escape is broken or the octets are not UTF-8.
    """
    if "%" not in text:
        return text
    if _BROKEN.search(text):
        raise _refuse(location, name, "a percent sign is not followed by two hex digits")
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        raise _refuse(location, name, "the decoded octets are not UTF-8") from None


def decode_query(text: str, name: str = "") -> str:
    """Like `decode` for a query component, where a plus sign is a space as forms write it."""
    return decode(text.replace("+", " "), "query", name)


def split_query(raw: bytes) -> dict[str, list[str]]:
    """Names, decoded, with their values, still encoded, in order of appearance.

    Values stay encoded because a delimiter that was escaped is data: `a,b%2Cc` is two elements.
    """
    found: dict[str, list[str]] = {}
    if not raw:
        return found
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        raise _refuse("query", "", "octets beyond ASCII must be percent-encoded") from None
    for pair in text.split("&"):
        if not pair:
            continue
        name, _, value = pair.partition("=")
        if "%" in name or "+" in name:
            name = decode_query(name)
        if name in found:
            found[name].append(value)
        else:
            found[name] = [value]
    return found


def _refuse(location: str, name: str, detail: str) -> Problem:
    place = pointer(location, name) if name else pointer(location)
    return malformed(Detail(place, "encoding", detail))
