"""The signature base: what was signed, taken from the request as it arrived (RFC 9421 2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ..context import Context
from .profile import Claims
from .refusals import invalid

Authorities = frozenset[str] | None
Component = Callable[[Context, Authorities], str]

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def signature_base(context: Context, claims: Claims, authorities: Authorities = None) -> bytes:
    """The signature base (RFC 9421 2.5).

    Args:
        context: The request.
        claims: What the signature covers.
        authorities: Values of `@authority` that the server answers to; None for any.

    Raises:
        Problem: 401 where a covered field is missing or repeated, or the authority is another's.
    """
    lines = [name + value(context, authorities) for name, value in _lines(claims.components)]
    lines.append(f'"@signature-params": {claims.value}')
    return "\n".join(lines).encode("latin-1")


def derivable(name: str) -> bool:
    """Whether a covered component can be had: any field, and the derived ones known here."""
    return not name.startswith("@") or name in _DERIVED


def only(context: Context, name: str) -> str:
    """The only value of a field that the signature depends on."""
    key = name.encode("latin-1")
    value = context.fields.get(key)
    # As many fields as names: none was sent twice.
    single = len(context.fields) == len(context.scope["headers"]) or context.times(key) == 1
    if value is None or not single:
        raise invalid(f"The header field {name} must be sent exactly once.")
    return value.decode("latin-1")


@cache
def _lines(names: tuple[str, ...]) -> tuple[tuple[str, Component], ...]:
    """The lines of a base: their beginnings, and what gives their values (RFC 9421 2.1, 2.2)."""
    return tuple((f'"{name}": ', _DERIVED.get(name) or _field(name)) for name in names)


def _field(name: str) -> Component:
    return lambda context, _: only(context, name).strip(" \t")


def _authority(context: Context, allowed: Authorities) -> str:
    """`@authority` (RFC 9421 2.2.3): lower case, without the scheme's default port."""
    host = only(context, "host").strip().lower()
    authority = host.removesuffix(_DEFAULT_PORTS.get(str(context.scope["scheme"]), ":"))
    if allowed is not None and authority not in allowed:
        raise invalid("This server does not answer to that host.")
    return authority


def _path(context: Context, _: Authorities) -> str:
    return context.raw_path.decode("latin-1") or "/"


def _query(context: Context, _: Authorities) -> str:
    return "?" + bytes(context.scope["query_string"]).decode("latin-1")


_DERIVED: dict[str, Component] = {
    "@authority": _authority,
    "@method": lambda context, _: str(context.scope["method"]),
    "@path": _path,
    "@query": _query,
    "@scheme": lambda context, _: str(context.scope["scheme"]).lower(),
    "@request-target": lambda context, _: _path(context, _) + _query(context, _).rstrip("?"),
}
"""Derived components (RFC 9421 2.2)."""
