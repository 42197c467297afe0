"""API keys as the signature check needs them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

from generated.server import SigningKey
from handlers.caller import Caller
from handlers.keys.model import ApiKey
from handlers.keys.store import KeyStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class VerificationKeys:
    """The key store behind signature checks: parsed keys, made anew when a key changes."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._ready: dict[str, tuple[ApiKey, SigningKey]] = {}

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id; None where there is none (or none any more)."""
        key = self._store.get(key_id)
        if key is None:
            self._ready.pop(key_id, None)
            return None
        known = self._ready.get(key_id)
        if known is not None and known[0] is key:
            return known[1]
        signing = _signing_key(key)
        self._ready[key_id] = (key, signing)
        return signing


def _signing_key(key: ApiKey) -> SigningKey:
    expires = key.expire_time
    return SigningKey(
        key_id=key.key_id,
        algorithm=key.algorithm,
        material=key.material,
        principal=Caller(key.account_id, key.key_id, frozenset(key.scopes)),
        expires=None if expires is None else _EPOCH + timedelta(microseconds=expires),
        networks=tuple(ip_network(each) for each in key.ip_allow_list),
    )
