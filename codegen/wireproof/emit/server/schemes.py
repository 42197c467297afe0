"""Security schemes as fields of the generated `Auth`."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.python.text import distinct, docstring, quoted
from wireproof.emit.server.table import scheme_argument, scheme_kind, used_schemes
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
    scheme: str
    annotation: str
    docstring: str


def auth_fields(contract: Contract, operations: tuple[Operation, ...]) -> tuple[AuthField, ...]:
    """Fields for the schemes in use, in the contract's order."""
    found: list[AuthField] = []
    for scheme in used_schemes(contract, operations):
        name = distinct(scheme_argument(scheme), [field.name for field in found])
        annotation = _TYPES.get(scheme_kind(scheme), "RequestAuth")
        text = docstring(scheme.description, indent="    ")
        found.append(AuthField(name, quoted(scheme.name), annotation, text))
    return tuple(found)
