"""Secrets at rest: AES-256-GCM under the venue's master key.

A sealed secret is `version (1 byte) || nonce (12 bytes) || ciphertext and tag`. The key id is
authenticated with it, so that a row cannot be given the secret of another.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MASTER_KEY_BYTES: Final = 32
_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12


class UnsealError(Exception):
    """The sealed secret was made under another master key, or was tampered with."""


class Sealer:
    """Seals and opens secrets under one master key of 32 bytes."""

    __slots__ = ("_cipher",)

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != MASTER_KEY_BYTES:
            raise ValueError(f"the master key must have {MASTER_KEY_BYTES} bytes")
        self._cipher = AESGCM(master_key)

    def seal(self, secret: bytes, key_id: str) -> bytes:
        """The secret, fit for a database that others may read."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, secret, _VERSION + key_id.encode())

    def unseal(self, sealed: bytes, key_id: str) -> bytes:
        """The secret again.

        Raises:
            UnsealError: Wrong master key, wrong key id, or damaged.
        """
        nonce, data = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, data, sealed[:1] + key_id.encode())
        except (InvalidTag, ValueError) as error:
            raise UnsealError(f"the secret of {key_id} cannot be opened") from error
