"""Commands as bytes for the journal, and back: JSON objects that say their type.

Members that have their default value are left out, so that a command can grow members later
and old journals still read. Types and members are never renamed.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any, Final, get_args

from handlers.exchange.commands import Command, PlaceBatch, PlaceOrder

_TYPE: Final = "type"
_KIND: Final = "kind"  # stands for the member `type`, whose name is taken by the command's own
_TYPES: Final[dict[str, type[Command]]] = {t.__name__: t for t in get_args(Command)}
_MEMBERS: Final[dict[type[Command], tuple[tuple[str, str, object], ...]]] = {
    t: tuple((_KIND if f.name == _TYPE else f.name, f.name, f.default) for f in fields(t))
    for t in _TYPES.values()
}
_encoder: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


class CodecError(ValueError):
    """Bytes that are no command of this version."""


def encode(command: Command) -> bytes:
    """One line of ASCII JSON, without a line end."""
    return _encoder(_plain(command)).encode("ascii")


def decode(data: bytes) -> Command:
    """The command behind the bytes.

    Raises:
        CodecError: If they are none, or of a type or with members that this version lacks.
    """
    try:
        return _command(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CodecError(f"not a command of this version: {data[:200]!r} ({error})") from error


def _plain(command: Command) -> dict[str, Any]:
    kind = type(command)
    plain: dict[str, Any] = {_TYPE: kind.__name__}
    for key, name, default in _MEMBERS[kind]:
        value = getattr(command, name)
        if default is MISSING or value != default:
            plain[key] = value
    if isinstance(command, PlaceBatch):
        plain["items"] = [_plain(item) for item in command.items]
    return plain


def _command(plain: dict[str, Any]) -> Command:
    kind = _TYPES[plain.pop(_TYPE)]
    if _KIND in plain:
        plain[_TYPE] = plain.pop(_KIND)
    if kind is PlaceBatch:
        items = [_command(item) for item in plain["items"]]
        plain["items"] = tuple(item for item in items if isinstance(item, PlaceOrder))
        plain["taken"] = tuple(plain.get("taken", ()))
    return kind(**plain)
