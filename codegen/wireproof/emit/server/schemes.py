"""Security schemes: as fields of the generated `Auth`, and as the runtime's plans."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.python.text import distinct, docstring, identifier, quoted
from wireproof.emit.server.layout import Call, call
from wireproof.ir.contract import Contract, HttpSignature, Operation, SecurityScheme

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
    schemes = _used(contract, operations)
    names = _arguments(schemes)
    return tuple(
        AuthField(
            names[scheme.name],
            _TYPES.get(_kind(scheme), "RequestAuth"),
            docstring(scheme.description, indent="    "),
        )
        for scheme in schemes
    )


def scheme_plans(contract: Contract, operations: tuple[Operation, ...]) -> tuple[Call, ...]:
    """A `SchemePlan(...)` for each scheme in use, in the contract's order."""
    schemes = _used(contract, operations)
    arguments = _arguments(schemes)
    return tuple(_plan(scheme, arguments[scheme.name]) for scheme in schemes)


def _used(contract: Contract, operations: tuple[Operation, ...]) -> tuple[SecurityScheme, ...]:
    """The security schemes that the operations use, in the contract's order."""
    used = {use.scheme for o in operations for alternative in o.security for use in alternative}
    return tuple(s for name, s in contract.security_schemes.items() if name in used)


def _kind(scheme: SecurityScheme) -> str:
    """The runtime's word for a kind of scheme."""
    if scheme.signature is not None:
        return "signature"
    if scheme.kind == "http":
        name = scheme.http_scheme.lower()
        return name if name in ("bearer", "basic") else "other"
    if scheme.kind in ("oauth2", "openIdConnect"):
        return "bearer"
    return scheme.kind if scheme.kind in ("apiKey", "mutualTLS") else "other"


def _arguments(schemes: tuple[SecurityScheme, ...]) -> dict[str, str]:
    """The schemes' fields in the generated `Auth`, by scheme name."""
    found: dict[str, str] = {}
    for scheme in schemes:
        found[scheme.name] = distinct(identifier(scheme.name, fallback="scheme"), found.values())
    return found


def _plan(scheme: SecurityScheme, argument: str) -> Call:
    """A `SchemePlan(...)`."""
    return call(
        "SchemePlan",
        name=quoted(scheme.name),
        argument=quoted(argument),
        kind=quoted(_kind(scheme)),
        key_name=quoted(scheme.api_key_name) if scheme.api_key_name else None,
        key_in=quoted(scheme.api_key_in) if scheme.api_key_in else None,
        http_scheme=quoted(scheme.http_scheme) if scheme.http_scheme else None,
        signature=_signature(scheme.signature) if scheme.signature else None,
    )


def _signature(signature: HttpSignature) -> Call:
    """A `SignaturePlan(...)`."""
    return call(
        "SignaturePlan",
        label=quoted(signature.label),
        components=tuple(map(quoted, signature.components)),
        optional=tuple(map(quoted, signature.optional_components)),
        algorithms=tuple(map(quoted, signature.algorithms)),
        tag=quoted(signature.tag),
        max_window=str(signature.max_window_seconds),
        max_ahead=str(signature.max_ahead_seconds),
        digest=quoted(signature.digest),
    )
