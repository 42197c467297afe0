"""Plain data to text: YAML that parsers of 1.1 and 1.2 read alike, and exact JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal

import orjson

from wireproof.source.node import Json

_PLAIN = re.compile(
    r"[^\W\d_][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff:#]*"
    r"(?:(?::(?=\S)|(?<=\S)#)[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff:#]*)*\Z"
    r"|[$/_][A-Za-z0-9_/{}.$-]*\Z"
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_LITERAL = re.compile(
    "(?![ \n])[^\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]+\\Z"
)
_WORDS = frozenset(
    spelling
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for spelling in (word, word.capitalize(), word.upper())
)
_MAX_KEY = 1000
"""Longer keys need the explicit form (section 8.2.2: 1024 characters)."""


def dump_yaml(value: Json) -> str:
    """Plain data as YAML 1.2 text, one entry a line.

    Stable: equal data in equal order gives equal text. Whatever YAML 1.1 would read as something
    else (`on`, `1_000`, `12:30`, dates) stands in quotes.
    """
    if not isinstance(value, (dict, list)) or not value:
        return _scalar(value, "") + "\n"
    out: list[str] = []
    _collection(value, "", out.append, inline=False)
    return "".join(out).lstrip("\n") + "\n"


def _collection(value: Json, indent: str, write: Callable[[str], object], *, inline: bool) -> None:
    """Write a non-empty collection; every entry begins with the line break before it.

    With `inline` the first entry follows a `- ` on the line that is there already.
    """
    lead = "" if inline else "\n" + indent
    deeper = indent + "  "
    if isinstance(value, dict):
        for key, item in value.items():
            name = _text(key, None)
            if len(name) > _MAX_KEY:
                name = f"? {name}\n{indent}"
            if isinstance(item, (dict, list)) and item:
                write(f"{lead}{name}:")
                _collection(item, deeper, write, inline=False)
            else:
                write(f"{lead}{name}: {_scalar(item, deeper)}")
            lead = "\n" + indent
        return
    for item in value:
        if isinstance(item, (dict, list)) and item:
            write(f"{lead}- ")
            _collection(item, deeper, write, inline=True)
        else:
            write(f"{lead}- {_scalar(item, deeper)}")
        lead = "\n" + indent


def _scalar(value: Json, indent: str) -> str:
    """A scalar or an empty collection, as it stands behind `key: `."""
    if isinstance(value, str):
        return _text(value, indent)
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, (int, Decimal)):
        return str(value)
    return "{}" if isinstance(value, dict) else "[]"


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    if "e" in text and "." not in text:  # YAML 1.1 takes 1e+16 for text
        text = text.replace("e", ".0e")
    return text


def _text(text: str, indent: str | None) -> str:
    """A string, plain where that is safe; over several lines where `indent` is given."""
    if _PLAIN.match(text) and text not in _WORDS and text[-1] not in " :":
        return text
    if not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if indent and "\n" in text and _LITERAL.match(text):
        return _literal(text, indent)
    return _double_quoted(text)


def _literal(text: str, indent: str) -> str:
    body = text.rstrip("\n")
    chomp = ("-", "", "+")[min(len(text) - len(body), 2)]
    lines = text.split("\n")[: None if chomp == "-" else -1]
    return "|" + chomp + "".join(f"\n{indent}{line}" if line else "\n" for line in lines)


def _double_quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def dump_json(value: Json) -> str:
    """Plain data as indented JSON, numbers exactly as they were read.

    JSON has no infinities and no NaN; they become null.
    """
    try:
        data = orjson.dumps(value, default=_exact, option=orjson.OPT_INDENT_2)
    except TypeError:  # integers beyond 64 bits
        data = orjson.dumps(_fragments(value), default=_exact, option=orjson.OPT_INDENT_2)
    return data.decode() + "\n"


def _exact(value: Json) -> Json:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    raise TypeError(f"{type(value).__name__} is no part of a document")


def _fragments(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _fragments(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_fragments(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() >= 64:  # noqa: PLR2004 - the width orjson writes
        return orjson.Fragment(str(value))
    return value
