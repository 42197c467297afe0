"""Which 32 bytes are an Ed25519 public key that is safe to trust.

The cryptography library takes any 32 bytes and complains only about signatures. A key is refused
here when it is first shown, so that nobody wonders about them later.
"""

from __future__ import annotations

from typing import Final

_PRIME: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME
_SIGN: Final = 1 << 255

# y of the eight points of small order: under such a key signatures verify that nobody made.
_ORDER_8: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER: Final = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})


def is_public_key(material: bytes) -> bool:
    """Whether these bytes encode a point of the curve (RFC 8032 5.1.3), and not of small order."""
    number = int.from_bytes(material, "little")
    y = number & (_SIGN - 1)
    if len(material) != 32 or y >= _PRIME or y in _SMALL_ORDER:  # noqa: PLR2004 - octets of a key
        return False
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    return pow(square, (_PRIME - 1) // 2, _PRIME) == 1
