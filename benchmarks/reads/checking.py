"""A signature check as somebody writes it by hand for one service, and writes it well.

The same profile as Northgate's, the same guarantees: exactly these components, a time window, a
key that is looked up, an Ed25519 verification, a nonce that all workers share. No HMAC keys, no
body digest, no address lists, no expiry of keys, no word to the client about what was wrong.
"""

import json
import os
import re
import sqlite3
import time
from base64 import b64decode
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

INPUT = re.compile(
    r'sig1=(\("@method" "@authority" "@path" "@query"\);created=(\d+);expires=(\d+)'
    r';nonce="([ !#-\[\]-~]+)";keyid="([ !#-\[\]-~]+)";alg="ed25519";tag="trading-v1")'
)


class RefusedError(Exception):
    """The request is not let in."""


def _openssl(octets: bytes) -> Callable[[bytes, bytes], object]:
    return Ed25519PublicKey.from_public_bytes(octets).verify


def _libsodium(octets: bytes) -> Callable[[bytes, bytes], object]:
    from nacl.signing import VerifyKey  # noqa: PLC0415 - only where it is asked for

    key = VerifyKey(octets)
    return lambda signature, message: key.verify(message, signature)


def keys() -> dict[str, bytes]:
    """The public keys that the benchmark made."""
    with open(os.environ["BENCH_KEYS"]) as file:  # noqa: PTH123 - as scripts are written
        return {key_id: b64decode(text) for key_id, text in json.load(file).items()}


def nonces() -> sqlite3.Connection:
    """Where nonces are kept, as fast as SQLite can be made to share them."""
    connection = sqlite3.connect(os.environ["BENCH_NONCES"], isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS nonces (key TEXT, nonce TEXT, expires INTEGER,"
        " PRIMARY KEY (key, nonce)) WITHOUT ROWID"
    )
    return connection


class Checker:
    """Checks signatures."""

    def __init__(self) -> None:
        make = _libsodium if os.environ.get("BENCH_ED25519") == "libsodium" else _openssl
        self.keys = {key_id: make(octets) for key_id, octets in keys().items()}
        self.nonces = nonces()

    def __call__(self, method: str, path: str, query: str, headers: Mapping[str, str]) -> str:
        """Who signed this request."""
        found = INPUT.fullmatch(headers.get("signature-input", ""))
        if found is None:
            raise RefusedError
        parameters, created, expires, nonce, key_id = found.groups()
        now = time.time()
        if not (int(created) <= now + 1 and now < int(expires) <= int(created) + 30):
            raise RefusedError
        verify = self.keys.get(key_id)
        if verify is None:
            raise RefusedError
        base = (
            f'"@method": {method}\n"@authority": {headers["host"].lower()}\n"@path": {path}\n'
            f'"@query": ?{query}\n"@signature-params": {parameters}'
        )
        try:
            verify(b64decode(headers["signature"][6:-1], validate=True), base.encode())
        except (InvalidSignature, ValueError) as error:
            raise RefusedError from error
        added = self.nonces.execute(
            "INSERT OR IGNORE INTO nonces VALUES (?, ?, ?)", (key_id, nonce, int(expires))
        )
        if added.rowcount != 1:
            raise RefusedError
        return key_id
