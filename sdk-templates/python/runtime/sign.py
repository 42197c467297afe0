"""HTTP Message Signatures (RFC 9421) and Content-Digest (RFC 9530), in one fixed profile.

The contract fixes which components are covered and in which order, so there is nothing to
negotiate: building the signature base is a handful of string joins.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .errors import ConfigurationError
from .request import Request, StreamBody

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519_SEED_BYTES = 32
_DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    "sha-256": lambda data: hashlib.sha256(data).digest(),
    "sha-512": lambda data: hashlib.sha512(data).digest(),
}


@dataclass(frozen=True, slots=True, eq=False)
class SignatureProfile:
    """What the contract says about its signatures; see RFC 9421 section 2 for components."""

    label: str
    components: tuple[str, ...]
    optional: tuple[str, ...]
    tag: str
    window_seconds: int
    digest: str = "sha-256"


class Signer(Protocol):
    """Signs bytes with one key."""

    @property
    def algorithm(self) -> str:
        """The `alg` parameter: `ed25519`, `hmac-sha256`."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        ...


class Ed25519Signer:
    """Ed25519 (RFC 8032) with a private key that never leaves this process."""

    algorithm = "ed25519"

    def __init__(self, private_key: str | bytes) -> None:
        self._key = _ed25519_key(private_key)

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


class HmacSigner:
    """HMAC-SHA256 (RFC 2104) with a shared secret, given as the server showed it."""

    algorithm = "hmac-sha256"

    def __init__(self, secret: str | bytes) -> None:
        self._secret = secret.encode("utf-8") if isinstance(secret, str) else secret

    def sign(self, message: bytes) -> bytes:
        """32 bytes."""
        return hmac.digest(self._secret, message, "sha256")


def _ed25519_key(value: str | bytes) -> Ed25519PrivateKey:
    """A key from PEM text, or from its 32 bytes: raw, hex, base64 or base64url."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - importing it costs what only signing clients should pay
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as above
        load_pem_private_key,
    )

    try:
        data = value.encode("ascii") if isinstance(value, str) else value
        if data.lstrip().startswith(b"-----BEGIN"):
            key = load_pem_private_key(data, password=None)
            if not isinstance(key, Ed25519PrivateKey):
                raise ConfigurationError("the private key is not an Ed25519 key")
            return key
        raw = isinstance(value, bytes) and len(value) == _ED25519_SEED_BYTES
        return Ed25519PrivateKey.from_private_bytes(data if raw else _seed(data.strip()))
    except ValueError as error:
        raise ConfigurationError(f"the private key cannot be read: {error}") from None


def _seed(text: bytes) -> bytes:
    if len(text) == 2 * _ED25519_SEED_BYTES:
        return bytes.fromhex(text.decode("ascii", "replace"))
    text = text.replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def content_digest(content: bytes, algorithm: str = "sha-256") -> str:
    """The Content-Digest field of a body (RFC 9530 section 2)."""
    digest = _DIGESTS[algorithm](content)
    return f"{algorithm}=:{base64.b64encode(digest).decode('ascii')}:"


def new_nonce() -> str:
    """144 random bits."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What makes two signatures of one request differ: Unix seconds and a random nonce."""

    created: int
    expires: int
    nonce: str


def signature_parameters(
    components: tuple[str, ...], moment: Moment, *, key_id: str, algorithm: str, tag: str
) -> str:
    """The value of `@signature-params`."""
    covered = " ".join(f'"{component}"' for component in components)
    return (
        f"({covered});created={moment.created};expires={moment.expires};"
        f'nonce="{moment.nonce}";keyid="{_quoted(key_id)}";alg="{algorithm}"'
        + (f';tag="{_quoted(tag)}"' if tag else "")
    )


def signature_base(request: Request, components: tuple[str, ...], parameters: str) -> str:
    """RFC 9421 section 2.5: one line a component, then the parameters."""
    lines = [f'"{component}": {component_value(request, component)}' for component in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}'])


def component_value(request: Request, component: str) -> str:
    """The value of a derived component (section 2.2) or of a header field (section 2.1).

    Raises:
        KeyError: for a field that the request does not have, or an unknown component.
    """
    if component.startswith("@"):
        return _DERIVED[component](request)
    fields = {name.lower(): value for name, value in request.headers.items()}
    return fields[component].strip()


_DERIVED: dict[str, Callable[[Request], str]] = {
    "@method": lambda request: request.method,
    "@authority": lambda request: request.authority,
    "@scheme": lambda request: request.origin.partition("://")[0].lower(),
    "@target-uri": lambda request: request.url,
    "@request-target": lambda request: request.url.removeprefix(request.origin),
    "@path": lambda request: request.path,
    "@query": lambda request: f"?{request.query}",
}


class RequestSigner:
    """Signs requests for one key under one profile."""

    def __init__(
        self, profile: SignatureProfile, key_id: str, signer: Signer, *, window: int | None = None
    ) -> None:
        self._profile = profile
        self._key_id = key_id
        self._signer = signer
        self._window = profile.window_seconds if window is None else window

    def sign(self, request: Request, now: float) -> Moment:
        """Put Content-Digest, Signature-Input and Signature on the request.

        Every call makes a new nonce and new timestamps, so a retry is never a replay.
        """
        created = int(now)
        moment = Moment(created, created + self._window, new_nonce())
        self.sign_at(request, moment)
        return moment

    def sign_at(self, request: Request, moment: Moment) -> None:
        """Sign with a given nonce and given timestamps."""
        profile = self._profile
        self._digest(request)
        components = self._covered(request)
        parameters = signature_parameters(
            components,
            moment,
            key_id=self._key_id,
            algorithm=self._signer.algorithm,
            tag=profile.tag,
        )
        base = signature_base(request, components, parameters)
        signature = base64.b64encode(self._signer.sign(base.encode("utf-8"))).decode("ascii")
        request.headers["Signature-Input"] = f"{profile.label}={parameters}"
        request.headers["Signature"] = f"{profile.label}=:{signature}:"

    def _digest(self, request: Request) -> None:
        if isinstance(request.content, StreamBody):
            # The digest covers all of it and travels ahead of it, so it has to be read first.
            request.content = b"".join(request.content.open())
        content = request.content
        if content is not None and "content-digest" in self._profile.components:
            request.headers["Content-Digest"] = content_digest(content, self._profile.digest)

    def _covered(self, request: Request) -> tuple[str, ...]:
        present = {name.lower() for name in request.headers}
        return tuple(
            component
            for component in self._profile.components
            if component not in self._profile.optional
            or component.startswith("@")
            or component in present
        )


def _quoted(text: str) -> str:
    if any(not " " <= character <= "~" for character in text):
        raise ConfigurationError("key ids and tags are printable ASCII")
    return text.replace("\\", "\\\\").replace('"', '\\"')
