"""HTTP message signatures: a verifier for one fixed profile (RFC 9421, RFC 9530).

The contract fixes the label, the covered components and their order, the algorithms and the tag
(`x-http-signature`). That leaves little to parse, so the parser is strict: what is not exactly the
canonical serialisation of the profile is refused. Only then do the received octets and the
signature base agree to the byte (RFC 9421 2.5), and nothing unexpected is ever covered.

Order of checks: syntax, key, algorithm, time, digest, signature, key's expiry, address, nonce. So
a nonce is spent only by a request that is good in every other way. Key ids are public: that one is
unknown is said openly, and only secrets are compared in constant time.
"""

from __future__ import annotations

import binascii
import hmac
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256, sha512
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from time import time
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .auth import Principal
from .context import Context
from .plan import SignaturePlan
from .problem import Problem

_PARAMETER = re.compile(
    r';(?:(created|expires)=(0|[1-9]\d{0,14})|(nonce|keyid|alg|tag)="([ !#-\[\]-~]{1,256})")',
    re.ASCII,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{4,}={0,2}", re.ASCII)
_DIGESTS = {"sha-256": sha256, "sha-512": sha512}
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """What a good signature said. Times in seconds since the epoch."""

    key_id: str
    algorithm: str
    created: int
    expires: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key as the verifier needs it.

    Attributes:
        key_id: `keyid` of its signatures.
        algorithm: `ed25519` or `hmac-sha256`; a signature that names another one is refused.
        material: The raw public key (32 octets), or the shared secret.
        principal: Whose it is.
        expires: When it stops signing, None for never.
        networks: Where it may be used from; empty for everywhere.
    """

    key_id: str
    algorithm: str
    material: bytes = field(repr=False)
    principal: Principal
    expires: datetime | None = None
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    verify: Callable[[bytes, bytes], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verify", _verifier(self.algorithm, self.material))


class KeyStore(Protocol):
    """Where keys live."""

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id; None where there is none (or none any more)."""


class NonceStore(Protocol):
    """Remembers nonces until their signatures expire; shared by all workers."""

    async def add(self, key_id: str, nonce: str, expires: int) -> bool:
        """Remember a nonce until `expires` (seconds since the epoch).

        Returns False, atomically, where this key had used it before.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureAuth:
    """What an application decides about signatures; the rest is the contract's.

    Attributes:
        keys: Where keys live.
        nonces: What makes a replay fail.
        authorities: Values of `@authority` that this server answers to, lower case; None for any.
            Set it: otherwise a request signed for another host is good here too.
        sandbox: Answer a bad signature with the signature base that the server computed.
        clock: Seconds since the epoch.
    """

    keys: KeyStore
    nonces: NonceStore
    authorities: frozenset[str] | None = None
    sandbox: bool = False
    clock: Callable[[], float] = time


@dataclass(frozen=True, slots=True)
class _Claims:
    """A parsed Signature-Input; `value` is the inner list with its parameters, as received."""

    value: str
    components: tuple[str, ...]
    created: int
    expires: int
    nonce: str
    key_id: str
    algorithm: str


class SignatureVerifier:
    """Authenticates requests by one profile."""

    def __init__(self, plan: SignaturePlan, auth: SignatureAuth) -> None:
        if plan.digest not in _DIGESTS:
            raise ValueError(f"unknown digest algorithm {plan.digest}")
        known = {*_DERIVED, "@authority"}
        strange = [n for n in plan.components if n.startswith("@") and n not in known]
        if strange:
            raise ValueError(f"cannot derive the components {', '.join(strange)}")
        self._plan = plan
        self._auth = auth
        self._lists = {_inner_list(names): names for names in _component_lists(plan)}
        self._prefix = f"{plan.label}="

    async def authenticate(self, context: Context) -> Principal | None:
        """The principal of a signed request; None where it carries no signature.

        Raises:
            Problem: 401 or 403; its code is one of `signature_invalid`, `key_unknown`,
                `key_expired`, `timestamp_out_of_window`, `nonce_reused`, `ip_not_allowed`.
        """
        fields = context.fields
        if b"signature-input" not in fields and b"signature" not in fields:
            return None
        claims = self._claims(_only(context, "signature-input"))
        signature = self._signature(_only(context, "signature"))
        key = await self._auth.keys.find(claims.key_id)
        if key is None:
            raise _refuse("key_unknown", "No key has this keyid.")
        if key.algorithm != claims.algorithm:
            raise _invalid("The key is of another algorithm than the signature names.")
        self._check_time(claims)
        self._check_digest(context, claims)
        base = self._base(context, claims)
        if not key.verify(signature, base):
            raise self._mismatch(base)
        await self._admit(context, claims, key)
        context.signature = VerifiedSignature(
            key.key_id, key.algorithm, claims.created, claims.expires, claims.nonce
        )
        return key.principal

    def _claims(self, value: str) -> _Claims:
        """Parse Signature-Input. Raises Problem unless it is exactly what the profile says."""
        if not value.startswith(self._prefix):
            raise _invalid(f"Signature-Input must hold exactly the label {self._plan.label}.")
        value = value[len(self._prefix) :]
        inner, close, rest = value.partition(")")
        names = self._lists.get(inner + close)
        if names is None:
            wanted = " or ".join(self._lists)
            raise _invalid(f"The covered components must be {wanted}.")
        found: dict[str, str] = {}
        at = 0
        while at < len(rest):
            match = _PARAMETER.match(rest, at)
            if match is None:
                raise _invalid("The parameters of Signature-Input are not in canonical form.")
            name, text = match[1] or match[3], match[2] or match[4]
            if name in found:
                raise _invalid(f"The parameter {name} is repeated.")
            found[name] = text
            at = match.end()
        return self._complete(value, names, found)

    def _complete(self, value: str, names: tuple[str, ...], found: dict[str, str]) -> _Claims:
        lacking = {"created", "expires", "nonce", "keyid", "alg", "tag"} - found.keys()
        if lacking:
            raise _invalid(f"Signature-Input lacks {', '.join(sorted(lacking))}.")
        if found["tag"] != self._plan.tag:
            raise _invalid(f'The tag must be "{self._plan.tag}".')
        if found["alg"] not in self._plan.algorithms:
            raise _invalid(f"The algorithm must be {' or '.join(self._plan.algorithms)}.")
        return _Claims(
            value,
            names,
            int(found["created"]),
            int(found["expires"]),
            found["nonce"],
            found["keyid"],
            found["alg"],
        )

    def _signature(self, value: str) -> bytes:
        prefix = f"{self._prefix}:"
        if not value.startswith(prefix) or not value.endswith(":") or len(value) <= len(prefix):
            raise _invalid(f"Signature must be {prefix}<base64>: and nothing else.")
        signature = _octets(value[len(prefix) : -1])
        if signature is None:
            raise _invalid("The signature is not canonical base64.")
        return signature

    def _base(self, context: Context, claims: _Claims) -> bytes:
        """The signature base (RFC 9421 2.5)."""
        lines = [f'"{name}": {self._component(context, name)}' for name in claims.components]
        lines.append(f'"@signature-params": {claims.value}')
        return "\n".join(lines).encode("latin-1")

    def _component(self, context: Context, name: str) -> str:
        """The value of a covered component (RFC 9421 2.1, 2.2)."""
        if not name.startswith("@"):
            return _only(context, name).strip(" \t")
        derive = _DERIVED.get(name)
        return self._authority(context) if derive is None else derive(context)

    def _authority(self, context: Context) -> str:
        """`@authority` (RFC 9421 2.2.3): lower case, without the scheme's default port."""
        host = _only(context, "host").strip().lower()
        authority = host.removesuffix(_DEFAULT_PORTS.get(str(context.scope["scheme"]), ":"))
        allowed = self._auth.authorities
        if allowed is not None and authority not in allowed:
            raise _invalid("This server does not answer to that host.")
        return authority

    def _check_time(self, claims: _Claims) -> None:
        now = self._auth.clock()
        if claims.created > now + self._plan.max_ahead:
            raise self._out_of_window(f"created lies {claims.created - now:.1f} s ahead.", now)
        if claims.expires <= now:
            raise self._out_of_window(
                f"The signature expired {now - claims.expires:.1f} s ago.", now
            )
        if not 0 < claims.expires - claims.created <= self._plan.max_window:
            detail = f"expires must be 1 to {self._plan.max_window} s after created."
            raise self._out_of_window(detail, now)

    @staticmethod
    def _out_of_window(detail: str, now: float) -> Problem:
        moment = datetime.fromtimestamp(now, UTC).isoformat(timespec="microseconds")
        return Problem(
            401,
            "timestamp_out_of_window",
            f"{detail} Correct your clock by server_time and sign anew.",
            retryable=True,
            headers=_CHALLENGE,
            members={"server_time": moment.replace("+00:00", "Z")},
        )

    def _check_digest(self, context: Context, claims: _Claims) -> None:
        covered = "content-digest" in claims.components
        if not covered:
            if context.body and "content-digest" in self._plan.components:
                raise _invalid("A request with a body must cover content-digest.")
            return
        algorithm = self._plan.digest
        digest = b64encode(_DIGESTS[algorithm](context.body).digest()).decode("ascii")
        if not hmac.compare_digest(
            _only(context, "content-digest").encode("latin-1"), f"{algorithm}=:{digest}:".encode()
        ):
            raise _invalid("Content-Digest is not that of the body as it arrived.")

    def _mismatch(self, base: bytes) -> Problem:
        members = {"signature_base": base.decode("latin-1")} if self._auth.sandbox else {}
        return Problem(
            401,
            "signature_invalid",
            "The signature does not match the request as it arrived.",
            headers=_CHALLENGE,
            members=members,
        )

    async def _admit(self, context: Context, claims: _Claims, key: SigningKey) -> None:
        """What is asked of a key only after its signature proved good."""
        if key.expires is not None and key.expires.timestamp() <= self._auth.clock():
            moment = key.expires.astimezone(UTC).isoformat(timespec="seconds")
            detail = f"The key stopped signing at {moment.replace('+00:00', 'Z')}."
            raise _refuse("key_expired", detail)
        if key.networks and not _within(context.client_ip, key):
            detail = f"The key may not be used from {context.client_ip or 'this address'}."
            raise Problem(403, "ip_not_allowed", detail)
        if not await self._auth.nonces.add(key.key_id, claims.nonce, claims.expires):
            raise Problem(
                401,
                "nonce_reused",
                "This nonce was used by this key before. Sign each attempt with a new one.",
                retryable=True,
                headers=_CHALLENGE,
            )


def _verifier(algorithm: str, material: bytes) -> Callable[[bytes, bytes], bool]:
    """A function from signature and message to whether they belong together."""
    if algorithm == "ed25519":
        public_key = Ed25519PublicKey.from_public_bytes(material)

        def verify_ed25519(signature: bytes, message: bytes) -> bool:
            try:
                public_key.verify(signature, message)
            except InvalidSignature:
                return False
            return True

        return verify_ed25519
    if algorithm == "hmac-sha256":
        return lambda signature, message: hmac.compare_digest(
            hmac.digest(material, message, "sha256"), signature
        )
    raise ValueError(f"unknown signature algorithm {algorithm}")


def _component_lists(plan: SignaturePlan) -> list[tuple[str, ...]]:
    """The component lists that a signature may have: all, and without the optional ones."""
    required = tuple(name for name in plan.components if name not in plan.optional)
    return [plan.components, required] if required != plan.components else [plan.components]


def _inner_list(names: tuple[str, ...]) -> str:
    return "({})".format(" ".join(f'"{name}"' for name in names))


def _octets(text: str) -> bytes | None:
    """The octets of canonical base64, None for anything else (pad bits included)."""
    if not _BASE64.fullmatch(text):
        return None
    try:
        octets = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        return None
    return octets if b64encode(octets).decode("ascii") == text else None


def _only(context: Context, name: str) -> str:
    """The only value of a field that the signature depends on."""
    key = name.encode("latin-1")
    value = context.fields.get(key)
    if value is None or context.times(key) != 1:
        raise _invalid(f"The header field {name} must be sent exactly once.")
    return value.decode("latin-1")


def _within(address: str, key: SigningKey) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped is not None:
        # A socket of both families shows an IPv4 peer as ::ffff:192.0.2.1 (RFC 4291 2.5.5.2).
        peer = peer.ipv4_mapped
    return any(peer in network for network in key.networks)


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
"""Derived components that need no configuration; `@authority` is the verifier's own."""

_CHALLENGE = (("www-authenticate", "Signature"),)


def _invalid(detail: str) -> Problem:
    return _refuse("signature_invalid", detail)


def _refuse(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers=_CHALLENGE)
