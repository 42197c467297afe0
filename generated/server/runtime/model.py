"""What generated models are made of: a base class and the scalars that Python spells differently.

`Model` ignores members that it does not know; whether they are allowed was the contract's
decision, made before. Decimals leave as plain digits (`0.00000010`, never `1.0E-7`), instants as
RFC 3339 in UTC with microseconds.
"""

from __future__ import annotations

import datetime as dt
import decimal
from base64 import b64decode, b64encode
from typing import Annotated, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

T = TypeVar("T")


class Model(BaseModel):
    """Base of all generated models. Build them by field name, read and write them by wire name."""

    model_config = ConfigDict(
        populate_by_name=True,
        defer_build=True,
        protected_namespaces=(),
    )

    def to_json(self) -> bytes:
        """The model as it travels: wire names, only the members that were set."""
        return self.__pydantic_serializer__.to_json(self, by_alias=True, exclude_unset=True)


def _plain(value: decimal.Decimal) -> str:
    return format(value, "f")


def _utc(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is dt.UTC:
        return value
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError("the moment lies outside of the years 1 to 9999 in UTC") from None


def _instant(value: dt.datetime) -> str:
    if value.tzinfo is not dt.UTC:
        value = value.astimezone(dt.UTC)
    text = value.isoformat(timespec="microseconds")
    return f"{text[:-6]}Z"


def is_none(value: object) -> bool:
    """Whether a value is None."""
    return value is None


DecimalString: TypeAlias = Annotated[decimal.Decimal, PlainSerializer(_plain, return_type=str)]
"""An exact number that travels as a string."""

DecimalNumber: TypeAlias = decimal.Decimal
"""An exact number that travels as a JSON number; `reply` writes its digits itself."""

UtcInstant: TypeAlias = Annotated[
    AwareDatetime, AfterValidator(_utc), PlainSerializer(_instant, return_type=str)
]
"""A moment, in UTC."""

Maybe: TypeAlias = Annotated[T | None, Field(exclude_if=is_none)]
"""A member that may be absent but not null: None means absent, and is not sent."""

Int64String: TypeAlias = Annotated[int, PlainSerializer(str, return_type=str)]
"""A whole number that travels as a string, because not every reader has 64 bits."""


def _from_base64(value: object) -> object:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _to_base64(value: bytes) -> str:
    return b64encode(value).decode("ascii")


Base64Bytes: TypeAlias = Annotated[
    bytes, BeforeValidator(_from_base64), PlainSerializer(_to_base64, return_type=str)
]
"""Octets that travel as base64."""
