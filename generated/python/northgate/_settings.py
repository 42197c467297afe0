"""What a client is set up with when nothing else is said, and where the rest comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ._runtime.auth import Credential, MessageSignature
from ._runtime.ratelimit import Bucket
from ._runtime.sign import Ed25519Signer, HmacSigner, RequestSigner, SignatureProfile

PACKAGE = "northgate"
_BASE_URL = "https://api.northgate.example"
BUCKETS = {
    "orders": Bucket(rate=50, burst=100),
    "cancels": Bucket(rate=200, burst=400),
    "reads": Bucket(rate=20, burst=40),
    "keys": Bucket(rate=1, burst=10),
    "public": Bucket(rate=20, burst=100),
}
_SIGNATURE_PROFILE = SignatureProfile(
    label="sig1",
    components=("@method", "@authority", "@path", "@query", "content-digest"),
    optional=("content-digest",),
    tag="trading-v1",
    window_seconds=5,
    digest="sha-256",
)


def base_url_of(given: str | None) -> str:
    """The base URL: as given, from the environment, or the contract's."""
    url = given or os.environ.get("NORTHGATE_BASE_URL") or _BASE_URL
    return url.rstrip("/")


def credentials_of(
    *,
    key_id: str | None,
    private_key: str | None,
    hmac_secret: str | None,
) -> Mapping[str, Credential]:
    """What is given or in the environment, by the name of the security scheme."""
    found: dict[str, Credential] = {}
    key_id = key_id or os.environ.get("NORTHGATE_KEY_ID")
    private_key = private_key or os.environ.get("NORTHGATE_PRIVATE_KEY")
    hmac_secret = hmac_secret or os.environ.get("NORTHGATE_HMAC_SECRET")
    if key_id and private_key:
        signer = RequestSigner(_SIGNATURE_PROFILE, key_id, Ed25519Signer(private_key))
        found["signature"] = MessageSignature(signer)
    if key_id and hmac_secret:
        signer = RequestSigner(_SIGNATURE_PROFILE, key_id, HmacSigner(hmac_secret))
        found["signature"] = MessageSignature(signer)
    return found
