"""The same FastAPI service, its signatures checked by the package http-message-signatures."""

import peer_fastapi
from checking import keys, nonces
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import HTTPException, Request
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException

KEYS = {key_id: Ed25519PublicKey.from_public_bytes(raw) for key_id, raw in keys().items()}
NONCES = nonces()
REQUIRED = ("@method", "@authority", "@path", "@query")


class Resolver(HTTPSignatureKeyResolver):
    """Keys from a dictionary."""

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        """The key of that id."""
        return KEYS[key_id]


class Message:
    """A request as the package wants it."""

    def __init__(self, request: Request) -> None:
        self.method = request.method
        self.url = str(request.url)
        self.headers = request.headers


verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=Resolver())


async def signed(request: Request) -> str:
    """Who signed the request."""
    try:
        (found,) = verifier.verify(
            Message(request), expect_tag="trading-v1", require_components=REQUIRED
        )
    except HTTPMessageSignaturesException:
        raise HTTPException(401, "not let in") from None
    claim = found.parameters
    added = NONCES.execute(
        "INSERT OR IGNORE INTO nonces VALUES (?, ?, ?)",
        (claim["keyid"], claim["nonce"], claim["expires"]),
    )
    if added.rowcount != 1:
        raise HTTPException(401, "not let in")
    return str(claim["keyid"])


app = peer_fastapi.app
app.dependency_overrides[peer_fastapi.signed] = signed
