"""Where a value's wire form depends on the contract and not on its Python type.

An exact decimal may be a JSON string in one contract and a JSON number in another; a 64-bit
integer may travel as a string. A `Codec` is a function for such a value, or a mapping or a list
of codecs that mirrors the shape of the body: `{"orders": [{"quantity": decimal}]}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .absent import NotGiven
from .decimals import decimal_text, json_number
from .narrow import is_array, is_iterable, is_mapping
from .wire import Json, to_json

Codec = Callable[[object], Json] | Mapping[str, Any] | Sequence[Any]
"""A function; a mapping from member to Codec; or a list with the one Codec of every item."""

EVERY = "*"
"""The member of a mapping codec that stands for every key."""


def decimal(value: object) -> str:
    """An exact decimal in a JSON string."""
    return decimal_text(value)


number = json_number
"""An exact decimal as a JSON number."""


def int_text(value: object) -> str:
    """An integer in a JSON string."""
    if isinstance(value, str):
        return str(int(value))
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected an int, got {type(value).__name__}")
    return str(value)


def encode(value: object, codec: Codec | None) -> Json:
    """A value as JSON, with the contract's codecs applied where it has any.

    Raises:
        TypeError, ValueError: naming the member that cannot be sent, `orders[0].quantity`.
    """
    return _encode(value, codec, "")


def _encode(value: object, codec: Codec | None, path: str) -> Json:
    if codec is None or value is None:
        return to_json(value)
    if callable(codec):
        return _apply(codec, value, path)
    if isinstance(codec, Mapping):
        return _members(value, codec, path)
    if not is_iterable(value):
        return to_json(value)
    return [_encode(item, codec[0], f"{path}[{index}]") for index, item in enumerate(value)]


def _members(value: object, codec: Mapping[str, Any], path: str) -> Json:
    if not is_mapping(value):
        return to_json(value)
    every = codec.get(EVERY)
    return {
        str(name): _encode(member, codec.get(name, every), f"{path}.{name}".lstrip("."))
        for name, member in value.items()
        if not isinstance(member, NotGiven)
    }


def _apply(codec: Callable[[object], Json], value: object, path: str) -> Json:
    try:
        return codec(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{path}: {error}" if path else str(error)) from None


def member_codec(codec: Codec | None, name: str) -> Codec | None:
    """The codec of one member of a body."""
    return codec.get(name) if is_mapping(codec) else None


def item_codec(codec: Codec | None) -> Codec | None:
    """The codec of the items of a list."""
    return codec[0] if is_array(codec) else codec
