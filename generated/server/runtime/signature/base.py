"""The signature base: what was signed, taken from the request as it arrived (RFC 9421 2)."""

from __future__ import annotations

from collections.abc import Callable

from ..context import Context
from .profile import Claims
from .refusals import invalid

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def signature_base(
    context: Context, claims: Claims, authorities: frozenset[str] | None = None
) -> bytes:
    """The signature base (RFC 9421 2.5).

    Args:
        context: The request.
        claims: What the signature covers.
        authorities: Values of `@authority` that the server answers to; None for any.

    Raises:
        Problem: 401 where a covered field is missing or repeated, or the authority is another's.
    """
    lines = [f'"{name}": {_component(context, name, authorities)}' for name in claims.components]
    lines.append(f'"@signature-params": {claims.value}')
    return "\n".join(lines).encode("latin-1")


def derivable(name: str) -> bool:
    """Whether a covered component can be had: any field, and the derived ones known here."""
    return not name.startswith("@") or name == "@authority" or name in _DERIVED


def only(context: Context, name: str) -> str:
    """The only value of a field that the signature depends on."""
    key = name.encode("latin-1")
    value = context.fields.get(key)
    # As many fields as names: none was sent twice.
    single = len(context.fields) == len(context.scope["headers"]) or context.times(key) == 1
    if value is None or not single:
        raise invalid(f"The header field {name} must be sent exactly once.")
    return value.decode("latin-1")


def _component(context: Context, name: str, authorities: frozenset[str] | None) -> str:
    """The value of a covered component (RFC 9421 2.1, 2.2)."""
    if not name.startswith("@"):
        return only(context, name).strip(" \t")
    derive = _DERIVED.get(name)
    return _authority(context, authorities) if derive is None else derive(context)


def _authority(context: Context, allowed: frozenset[str] | None) -> str:
    """`@authority` (RFC 9421 2.2.3): lower case, without the scheme's default port."""
    host = only(context, "host").strip().lower()
    authority = host.removesuffix(_DEFAULT_PORTS.get(str(context.scope["scheme"]), ":"))
    if allowed is not None and authority not in allowed:
        raise invalid("This server does not answer to that host.")
    return authority


def _method(context: Context) -> str:
    return str(context.scope["method"])


def _path(context: Context) -> str:
    return context.raw_path.decode("latin-1") or "/"


def _query(context: Context) -> str:
    return "?" + bytes(context.scope["query_string"]).decode("latin-1")


_DERIVED: dict[str, Callable[[Context], str]] = {
    "@method": _method,
    "@path": _path,
    "@query": _query,
    "@scheme": lambda context: str(context.scope["scheme"]).lower(),
    "@request-target": lambda context: _path(context) + _query(context).rstrip("?"),
}
"""Derived components that need no configuration; `@authority` needs the server's names."""
