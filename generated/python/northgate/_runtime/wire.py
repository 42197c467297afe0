"""Python values to JSON and back, without losing a digit."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel

from .absent import NotGiven
from .decimals import JsonNumber, decimal_text
from .narrow import is_array, is_iterable, is_mapping, is_object

Json = Any
"""A JSON value: None, bool, int, float, str, list or dict."""


def to_json(value: object) -> Json:
    """A value of any supported Python type as plain JSON values.

    Members that are `NOT_GIVEN` are left out. Exact JSON numbers stay `JsonNumber`.

    Raises:
        TypeError: for a type that has no JSON form.
        ValueError: for a datetime without time zone.
    """
    if value is None or isinstance(value, (bool, int, str, float)):
        return _plain(value)
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="python", by_alias=True, exclude_unset=True)
        return to_json(dumped)
    if is_mapping(value):
        return {
            str(key): to_json(member)
            for key, member in value.items()
            if not isinstance(member, NotGiven)
        }
    writer = _writer(value)
    if writer is not None:
        return writer(value)
    if is_iterable(value):
        return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def _plain(value: object) -> Json:
    return value.value if isinstance(value, Enum) else value


def timestamp(value: dt.datetime) -> str:
    """RFC 3339, with `Z` for UTC. A datetime without time zone is ambiguous and refused."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone; write datetime(..., tzinfo=timezone.utc)")
    return value.isoformat().replace("+00:00", "Z")


def duration(value: dt.timedelta) -> str:
    """ISO 8601, in seconds: `PT90.5S`."""
    seconds = Decimal(value // dt.timedelta(microseconds=1)) / 1_000_000
    return f"{'-' if seconds < 0 else ''}PT{abs(seconds).normalize():f}S"


def _base64(value: bytes | bytearray) -> str:
    return base64.b64encode(value).decode("ascii")


def _identity(value: JsonNumber) -> JsonNumber:
    return value


_WRITERS: tuple[tuple[type, Callable[[Any], Json]], ...] = (
    (JsonNumber, _identity),
    (Decimal, decimal_text),
    (dt.datetime, timestamp),
    (dt.date, dt.date.isoformat),
    (dt.time, dt.time.isoformat),
    (dt.timedelta, duration),
    (UUID, str),
    (bytes, _base64),
    (bytearray, _base64),
)


def _writer(value: object) -> Callable[[Any], Json] | None:
    if isinstance(value, Enum):
        return lambda member: to_json(member.value)
    return next((write for kind, write in _WRITERS if isinstance(value, kind)), None)


def dumps(value: Json) -> bytes:
    """Compact JSON in UTF-8. `JsonNumber` keeps every digit."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except TypeError:
        text = _exact(value)
    return text.encode("utf-8")


def _exact(value: Json) -> str:
    """JSON text of a value that holds exact numbers, which the `json` module cannot write."""
    if isinstance(value, JsonNumber):
        return format(value, "f")
    if is_object(value):
        members = (f"{json.dumps(key)}:{_exact(member)}" for key, member in value.items())
        return "{" + ",".join(members) + "}"
    if is_array(value):
        return "[" + ",".join(map(_exact, value)) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


class ExactFloat(float):
    """A JSON number that remembers its digits: a float to who wants one, exact to who asks."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """From the number's text in the document."""
        number = super().__new__(cls, text)
        number.text = text
        return number


def loads_exact(content: bytes) -> Json:
    """JSON in which every number with a fraction or an exponent is an `ExactFloat`."""
    return json.loads(content, parse_float=ExactFloat)
