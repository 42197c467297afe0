"""Security schemes as fields of the generated `Auth`."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.python.text import docstring
from wireproof.emit.server.table import scheme_arguments, scheme_kind, used_schemes
from wireproof.ir.contract import Contract, Operation

_TYPES = {
    "apiKey": "CredentialCheck[str] | RequestAuth",
    "bearer": "CredentialCheck[str] | RequestAuth",
    "basic": "CredentialCheck[BasicCredentials] | RequestAuth",
    "signature": "SignatureAuth | RequestAuth",
}


@dataclass(frozen=True, slots=True)
class AuthField:
    """A field of `Auth`: what authenticates one scheme."""

    name: str
    annotation: str
    docstring: str


def auth_fields(contract: Contract, operations: tuple[Operation, ...]) -> tuple[AuthField, ...]:
    """Fields for the schemes in use, in the contract's order."""
    schemes = used_schemes(contract, operations)
    names = scheme_arguments(schemes)
    return tuple(
        AuthField(
            names[scheme.name],
            _TYPES.get(scheme_kind(scheme), "RequestAuth"),
            docstring(scheme.description, indent="    "),
        )
        for scheme in schemes
    )
