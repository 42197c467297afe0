"""Telling values apart in a way that type checkers follow all the way down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from typing_extensions import TypeIs


def is_object(value: object) -> TypeIs[dict[str, Any]]:
    """A JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeIs[list[Any]]:
    """A JSON array."""
    return isinstance(value, list)


def is_mapping(value: object) -> TypeIs[Mapping[str, Any]]:
    """Anything with members."""
    return isinstance(value, Mapping)


def is_iterable(value: object) -> TypeIs[Iterable[Any]]:
    """Anything with items, but no text and no bytes."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray))
