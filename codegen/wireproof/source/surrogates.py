r"""Halves of surrogate pairs: `"\ud800"` may stand in JSON, and is no character.

RFC 8259 (section 8.2) calls what readers make of it unpredictable, RFC 7493 (section 2.1) forbids
it, and no file can hold it. Each becomes U+FFFD, the replacement character, and is told; YAML's
own escapes of this kind are errors already.
"""

from __future__ import annotations

import re

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.source.node import Json
from wireproof.source.text import Text

_WRITTEN = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|"
    r"(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_HALF = re.compile("[\ud800-\udfff]")


def mended(text: Text, value: Json) -> tuple[Json, tuple[Diagnostic, ...]]:
    """A value as read from a text, without halves of pairs, and what is to be told of them."""
    if not _WRITTEN.search(text.value):
        return value, ()
    told = tuple(
        Diagnostic(
            "encoding",
            Severity.WARNING,
            f"{found[0]} is half a surrogate pair and no character; it is read as U+FFFD",
            text.span(found.start(), found.end()),
            help="write the whole character, or its pair of escapes",
        )
        for found in _LONE.finditer(text.value)
    )
    whole = _whole(value) if told else value
    return (value, ()) if whole == value else (whole, told)  # a backslash may be a text's own


def _whole(value: Json) -> Json:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value
