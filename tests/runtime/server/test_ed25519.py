"""Ed25519 by libsodium and by OpenSSL: what one lets in, the other lets in."""

from __future__ import annotations

import json
import os
import random
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from probe_server.runtime.signature.ed25519 import with_libsodium, with_openssl

pytest.importorskip("nacl", reason="PyNaCl is not installed: there is nothing to compare")

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).resolve().parents[4] / "shared"))
ORDER = 2**252 + 27742317777372353535851937790883648493

# RFC 8032 7.1: TEST 1, 2 and 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
BOTH = pytest.mark.parametrize("verifier", [with_libsodium, with_openssl])


@BOTH
@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032(verifier, key, message, signature):
    verify = verifier(bytes.fromhex(key))
    assert verify(bytes.fromhex(signature), bytes.fromhex(message))
    assert not verify(bytes.fromhex(signature), bytes.fromhex(message) + b"x")


@BOTH
@pytest.mark.parametrize("name", ["rest_post", "rest_get", "fix_logon", "ws_auth"])
def test_the_shared_vectors(verifier, name):
    """All four: what is signed over FIX and WebSocket too, by the key of RFC 9421."""
    path = SHARED / "vectors" / "auth_vectors.json"
    if not path.exists():
        pytest.skip(f"{path} is not here: see WIREPROOF_SHARED")
    given = json.loads(path.read_text())
    vector = given[name]
    message = vector.get("payload") or vector["signature_base"]
    text = vector.get("raw_data_96") or vector["signature"]
    signature = b64decode(text.removeprefix("sig1=:").removesuffix(":"))
    verify = verifier(b64decode(given["key"]["x"] + "==", altchars=b"-_"))
    assert verify(signature, message.encode())
    assert not verify(signature, message.encode() + b"\n")


def signatures():
    """Good signatures, and every way that they can be bent."""
    bent = random.Random(8032)
    for _ in range(40):
        key = Ed25519PrivateKey.generate()
        message = bent.randbytes(bent.randrange(600))
        good = key.sign(message)
        r, s = good[:32], int.from_bytes(good[32:], "little")
        flipped = bytearray(good)
        flipped[bent.randrange(64)] ^= 1 << bent.randrange(8)
        yield from (
            (key, message, signature)
            for signature in (
                *(good, bytes(flipped), good[:-1], good + b"\0", b"", good[32:] + good[:32]),
                *(bytes(64), b"\xff" * 64, good[:63], message[:64]),
                r + (s + ORDER).to_bytes(33, "little")[:32],  # RFC 8032 5.1.7: S is below L
                r + (ORDER - s).to_bytes(32, "little"),
            )
        )
        # Octets moved between signature and message: the same text, another meaning.
        yield key, good[63:] + message, good[:63]


def test_both_say_the_same_of_good_and_bent_signatures():
    good = 0
    for key, message, signature in signatures():
        public = key.public_key().public_bytes_raw()
        found = with_openssl(public)(signature, message)
        assert with_libsodium(public)(signature, message) == found, (message, signature)
        good += found
    assert good == 40


@pytest.mark.parametrize("key", [b"\x01" + bytes(31), bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f"])
def test_a_key_of_small_order_signs_nothing(key):
    """Under such a key one signature is good for many messages; nobody needs to know a secret."""
    signature = b"\x01" + bytes(63)  # R the identity, S zero
    assert not any(with_libsodium(key)(signature, bytes([n])) for n in range(64))


@BOTH
@pytest.mark.parametrize("octets", [0, 31, 33])
def test_a_key_of_another_length_is_no_key(verifier, octets):
    with pytest.raises(ValueError, match="32"):
        verifier(bytes(octets))
