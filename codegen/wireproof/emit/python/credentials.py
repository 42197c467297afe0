"""What the client's constructor asks for: arguments, environment variables, credentials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.python.text import argument_doc, distinct, identifier, quoted
from wireproof.ir.contract import Contract, HttpSignature, OAuthFlow, SecurityScheme

_TEST_KEY = "00" * 32
"""An Ed25519 private key that nobody uses, in hex."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of the constructor, the environment variable behind it, a value for tests."""

    name: str
    env: str
    doc: str
    test: str = "test"

    @property
    def told(self) -> str:
        """Its entry in the constructor's docstring."""
        return argument_doc(self.name, f"{self.doc} Environment: `{self.env}`.", "        ")


@dataclass(frozen=True, slots=True)
class CredentialView:
    """One security scheme as the client's template writes it.

    `needs` are the arguments without which there is no credential; `lines` build it.
    """

    scheme: str
    needs: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """All of them, with the names that the client's module imports for them."""

    arguments: tuple[Argument, ...]
    views: tuple[CredentialView, ...]
    imports: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]


def credentials(contract: Contract, env_prefix: str, reserved: frozenset[str]) -> Credentials:
    """The constructor's part for every scheme that some operation uses, in contract order."""
    used = {
        use.scheme
        for operation in contract.operations
        for alternative in operation.security
        for use in alternative
    }
    maker = _Maker(env_prefix, reserved)
    for name, scheme in contract.security_schemes.items():
        if name in used:
            maker.add(scheme)
    return Credentials(
        tuple(maker.arguments),
        tuple(maker.views),
        tuple(sorted(maker.imports)),
        tuple(maker.diagnostics),
    )


class _Maker:
    def __init__(self, env_prefix: str, reserved: frozenset[str]) -> None:
        self._env_prefix = env_prefix
        self._reserved = reserved
        self.arguments: list[Argument] = []
        self.views: list[CredentialView] = []
        self.imports: set[tuple[str, str]] = set()
        self.diagnostics: list[Diagnostic] = []

    def add(self, scheme: SecurityScheme) -> None:
        kind, http = scheme.kind, scheme.http_scheme.lower()
        if scheme.signature is not None:
            self._signature(scheme, scheme.signature)
        elif kind == "http" and http == "basic":
            self._basic(scheme)
        elif kind == "http":
            self._bearer(scheme, "token", "" if http == "bearer" else scheme.http_scheme)
        elif kind == "apiKey":
            self._api_key(scheme)
        elif kind == "oauth2" and (flow := _client_credentials(scheme)) is not None:
            self._oauth(scheme, flow)
        elif kind in {"oauth2", "openIdConnect"}:
            self._bearer(scheme, "access_token", "")
        elif kind != "mutualTLS":
            self._skip(scheme)

    def _argument(self, scheme: SecurityScheme, wanted: str, doc: str, test: str = "test") -> str:
        """A free name for an argument: the usual one, else the scheme's name in front."""
        taken = {argument.name for argument in self.arguments} | self._reserved
        name = wanted
        if name in taken:
            name = distinct(identifier(f"{scheme.name}_{wanted}"), taken)
        env = f"{self._env_prefix}_{name.upper()}"
        self.arguments.append(Argument(name, env, doc, test))
        return name

    def _view(self, scheme: SecurityScheme, needs: Iterable[str], *lines: str) -> None:
        *before, made = lines
        stored = f"found[{quoted(scheme.name)}] = {made}"
        self.views.append(CredentialView(scheme.name, tuple(needs), (*before, stored)))

    def _import(self, module: str, *names: str) -> None:
        self.imports.update((module, name) for name in names)

    def _bearer(self, scheme: SecurityScheme, wanted: str, prefix: str) -> None:
        token = self._argument(scheme, wanted, f"Token for {scheme.name}.")
        if prefix:
            self._import("auth", "ApiKey")
            made = f'ApiKey({token}, "Authorization", prefix={quoted(prefix + " ")})'
        else:
            self._import("auth", "Bearer")
            made = f"Bearer({token})"
        self._view(scheme, [token], made)

    def _basic(self, scheme: SecurityScheme) -> None:
        user = self._argument(scheme, "username", f"User name for {scheme.name}.")
        password = self._argument(scheme, "password", f"Password for {scheme.name}.")
        self._import("auth", "Basic")
        self._view(scheme, [user, password], f"Basic({user}, {password})")

    def _api_key(self, scheme: SecurityScheme) -> None:
        key = self._argument(scheme, "api_key", f"Key for {scheme.name}.")
        self._import("auth", "ApiKey")
        place = "" if scheme.api_key_in == "header" else f", {quoted(scheme.api_key_in)}"
        self._view(scheme, [key], f"ApiKey({key}, {quoted(scheme.api_key_name)}{place})")

    def _oauth(self, scheme: SecurityScheme, flow: OAuthFlow) -> None:
        client = self._argument(scheme, "client_id", f"OAuth client for {scheme.name}.")
        secret = self._argument(scheme, "client_secret", f"OAuth secret for {scheme.name}.")
        self._import("auth", "ClientCredentials")
        url = quoted(flow.token_url)
        self._view(scheme, [client, secret], f"ClientCredentials({url}, {client}, {secret})")

    def _signature(self, scheme: SecurityScheme, profile: HttpSignature) -> None:
        key_id = self._argument(scheme, "key_id", "Id of the key that signs requests.")
        self._import("auth", "MessageSignature")
        self._import("sign", "RequestSigner", "SignatureProfile")
        constant = f"_{identifier(scheme.name).upper()}_PROFILE"
        for algorithm in profile.algorithms:
            if algorithm == "ed25519":
                doc = "Ed25519 private key: PEM text, or 32 bytes in base64 or hex."
                secret = self._argument(scheme, "private_key", doc, _TEST_KEY)
                signer = "Ed25519Signer"
            elif algorithm == "hmac-sha256":
                doc = "Shared secret for HMAC-SHA256."
                secret, signer = self._argument(scheme, "hmac_secret", doc), "HmacSigner"
            else:
                continue
            self._import("sign", signer)
            made = f"signer = RequestSigner({constant}, {key_id}, {signer}({secret}))"
            self._view(scheme, [key_id, secret], made, "MessageSignature(signer)")

    def _skip(self, scheme: SecurityScheme) -> None:
        self.diagnostics.append(
            Diagnostic(
                rule="python-security-scheme",
                severity=Severity.WARNING,
                message=f"the security scheme {scheme.name!r} of type {scheme.kind!r} is unknown",
                span=scheme.origin.span,
                pointer=scheme.origin.pointer,
                help="callers of the SDK have to pass their credentials in extra_headers",
            )
        )


def _client_credentials(scheme: SecurityScheme) -> OAuthFlow | None:
    flows = (flow for flow in scheme.flows if flow.name == "clientCredentials")
    return next((flow for flow in flows if flow.token_url.startswith("http")), None)


def profile_constants(contract: Contract) -> list[list[str]]:
    """The signature profiles of the contract as constants of the client's module."""
    found = []
    for name, scheme in contract.security_schemes.items():
        profile = scheme.signature
        if profile is None:
            continue
        rows = [
            f"label={quoted(profile.label)}",
            f"components={_tuple(profile.components)}",
            f"optional={_tuple(profile.optional_components)}",
            f"tag={quoted(profile.tag)}",
            f"window_seconds={profile.window_seconds}",
            f"digest={quoted(profile.digest)}",
        ]
        head = f"_{identifier(name).upper()}_PROFILE = SignatureProfile("
        found.append([head, *(f"    {row}," for row in rows), ")"])
    return found


def _tuple(values: tuple[str, ...]) -> str:
    inner = ", ".join(map(quoted, values))
    return f"({inner},)" if len(values) == 1 else f"({inner})"
