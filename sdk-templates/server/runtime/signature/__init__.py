"""HTTP message signatures: a verifier for one fixed profile (RFC 9421, RFC 9530).

The contract fixes the label, the covered components and their order, the algorithms and the tag
(`x-http-signature`). That leaves little to parse, so the parser is strict: what is not exactly the
canonical serialisation of the profile is refused. Only then do the received octets and the
signature base agree to the byte (RFC 9421 2.5), and nothing unexpected is ever covered.
"""

from .keys import KeyStore, SigningKey
from .verifier import NonceStore, SignatureAuth, SignatureVerifier, VerifiedSignature

__all__ = [
    "KeyStore",
    "NonceStore",
    "SignatureAuth",
    "SignatureVerifier",
    "SigningKey",
    "VerifiedSignature",
]
