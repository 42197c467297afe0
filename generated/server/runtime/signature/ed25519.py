"""Ed25519 (RFC 8032): whether a signature and a message belong together.

The dearest step of a signed request. libsodium takes half the time of OpenSSL for it, so PyNaCl
does the work where it is installed, and the cryptography package where it is not. libsodium also
refuses keys and points of small order, under which signatures verify that nobody made.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Verify = Callable[[bytes, bytes], bool]
"""From signature and message to whether they belong together."""

_SIGNATURE_OCTETS = 64


def with_openssl(public_key: bytes) -> Verify:
    """Verify with the cryptography package. Raises ValueError unless the key has 32 octets."""
    key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def with_libsodium(public_key: bytes) -> Verify:
    """Verify with PyNaCl. Raises ValueError unless the key has 32 octets."""
    Ed25519PublicKey.from_public_bytes(public_key)  # the same complaint about the same keys
    crypto_sign_open: Callable[[bytes, bytes], bytes] = import_module(
        "nacl.bindings"
    ).crypto_sign_open
    bad_signature: type[Exception] = import_module("nacl.exceptions").BadSignatureError

    def verify(signature: bytes, message: bytes) -> bool:
        if len(signature) != _SIGNATURE_OCTETS:  # else octets of one could pass for the other's
            return False
        try:
            crypto_sign_open(signature + message, public_key)
        except bad_signature:
            return False
        return True

    return verify


ed25519_verifier = with_openssl if find_spec("nacl") is None else with_libsodium
