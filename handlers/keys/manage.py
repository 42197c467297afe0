"""What may be done with API keys, and what may not.

A key manages the keys of its own account only; a key of another account is not found. No key
can grant a scope that it does not hold itself.
"""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_network
from typing import Final

from handlers.clock import Clock
from handlers.exchange.codes import MALFORMED, RefusalError
from handlers.exchange.times import SECOND
from handlers.keys.model import ED25519, SCOPES, ApiKey
from handlers.keys.points import is_public_key
from handlers.keys.store import KeyStore

KEY_NOT_FOUND: Final = "key_not_found"
KEY_NOT_ACTIVE: Final = "key_not_active"
KEY_LIMIT_REACHED: Final = "key_limit_reached"
INVALID_COMBINATION: Final = "invalid_combination"
SCOPE_MISSING: Final = "scope_missing"

MOST_KEYS: Final = 50
SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRequest:
    """A key to make. `public_key` is base64; `expire_time` microseconds."""

    name: str
    algorithm: str
    scopes: Sequence[str]
    public_key: str | None = None
    ip_allow_list: Sequence[str] = ()
    expire_time: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """What to change of a key; None leaves a member as it is."""

    name: str | None = None
    scopes: Sequence[str] | None = None
    ip_allow_list: Sequence[str] | None = None
    expire_time: int | None = None


class KeyManager:
    """Makes, changes, rotates and revokes keys. Every refusal is a RefusalError."""

    def __init__(self, store: KeyStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of_account(self, account_id: str) -> list[ApiKey]:
        """An account's keys, oldest first."""
        return self._store.of_account(account_id)

    def create(self, account_id: str, request: KeyRequest, grantable: Iterable[str]) -> ApiKey:
        """Make a key. `grantable`: the scopes that it may have at most."""
        _require_grantable(request.scopes, grantable)
        self._require_room(account_id, MOST_KEYS)
        key = ApiKey(
            key_id=_new_id(),
            account_id=account_id,
            name=request.name,
            algorithm=request.algorithm,
            material=_material(request.algorithm, request.public_key),
            scopes=_ordered(request.scopes),
            ip_allow_list=_networks(request.ip_allow_list),
            expire_time=self._future(request.expire_time),
            created_time=self._clock(),
        )
        self._store.add(key)
        return key

    def change(
        self, account_id: str, key_id: str, change: KeyChange, grantable: Iterable[str]
    ) -> ApiKey:
        """Change a key; it takes effect with the next request."""
        key = self._own(account_id, key_id)
        if change.scopes is not None:
            _require_grantable(set(change.scopes) - set(key.scopes), grantable)
            key = replace(key, scopes=_ordered(change.scopes))
        if change.ip_allow_list is not None:
            key = replace(key, ip_allow_list=_networks(change.ip_allow_list))
        if change.expire_time is not None:
            key = replace(key, expire_time=self._later_end(key, change.expire_time))
        if change.name is not None:
            key = replace(key, name=change.name)
        self._store.change(key)
        return key

    def rotate(
        self,
        account_id: str,
        key_id: str,
        overlap_seconds: int,
        public_key: str | None,
        grantable: Iterable[str],
    ) -> ApiKey:
        """Make a key's successor; the old one signs for the overlap, or until it would expire."""
        key, now = self._own(account_id, key_id), self._clock()
        _require_grantable(key.scopes, grantable)
        if key.expired(now):
            raise RefusalError(KEY_NOT_ACTIVE, "The key has expired.")
        if key.successor_id is not None:
            raise RefusalError(KEY_NOT_ACTIVE, "The key is retiring and already has a successor.")
        # A full account can still rotate every key once.
        self._require_room(account_id, 2 * MOST_KEYS)
        successor = replace(
            key,
            key_id=_new_id(),
            material=_material(key.algorithm, public_key),
            created_time=now,
        )
        end = now + overlap_seconds * SECOND
        retiring = replace(
            key,
            successor_id=successor.key_id,
            expire_time=end if key.expire_time is None else min(end, key.expire_time),
        )
        self._store.add(successor, instead_of=retiring)
        return successor

    def revoke(self, account_id: str, key_id: str) -> None:
        """End a key at once and for good."""
        self._store.remove(self._own(account_id, key_id).key_id)

    def _own(self, account_id: str, key_id: str) -> ApiKey:
        key = self._store.get(key_id)
        if key is None or key.account_id != account_id:
            raise RefusalError(KEY_NOT_FOUND, f"The account has no key {key_id}.")
        return key

    def _require_room(self, account_id: str, most: int) -> None:
        if len(self._store.of_account(account_id)) >= most:
            detail = f"An account has at most {most} keys. Revoke one first."
            raise RefusalError(KEY_LIMIT_REACHED, detail)

    def _future(self, expire_time: int | None) -> int | None:
        if expire_time is not None and expire_time <= self._clock():
            raise RefusalError(MALFORMED, "The key would already have expired.", "/expire_time")
        return expire_time

    def _later_end(self, key: ApiKey, expire_time: int) -> int:
        retiring = key.successor_id is not None and key.expire_time is not None
        if retiring and expire_time > (key.expire_time or 0):
            raise RefusalError(
                INVALID_COMBINATION,
                "A retiring key's end can only be moved nearer.",
                "/expire_time",
            )
        self._future(expire_time)
        return expire_time


def _new_id() -> str:
    return f"key_{secrets.token_urlsafe(12)}"


def _ordered(scopes: Iterable[str]) -> tuple[str, ...]:
    chosen = set(scopes)
    return tuple(scope for scope in SCOPES if scope in chosen)


def _require_grantable(scopes: Iterable[str], grantable: Iterable[str]) -> None:
    lacking = sorted(set(scopes) - set(grantable))
    if lacking:
        detail = f"A key can grant only what it holds; this one lacks {', '.join(lacking)}."
        raise RefusalError(SCOPE_MISSING, detail, "/scopes")


def _material(algorithm: str, public_key: str | None) -> bytes:
    """The public key that was registered, or a new secret."""
    if algorithm != ED25519:
        if public_key is not None:
            detail = f"{algorithm} keys have no public_key; the venue makes the secret."
            raise RefusalError(INVALID_COMBINATION, detail, "/public_key")
        return secrets.token_urlsafe(SECRET_BYTES).encode()
    if public_key is None:
        raise RefusalError(
            INVALID_COMBINATION, "public_key is required for ed25519.", "/public_key"
        )
    material = b64decode(public_key)
    if not is_public_key(material):
        raise RefusalError(MALFORMED, "These bytes are no Ed25519 public key.", "/public_key")
    return material


def _networks(texts: Iterable[str]) -> tuple[str, ...]:
    """Addresses and ranges in canonical spelling."""
    found = []
    for index, text in enumerate(texts):
        try:
            found.append(str(ip_network(text, strict=False)))
        except ValueError:
            raise RefusalError(
                MALFORMED, f"{text} is no address or CIDR range.", f"/ip_allow_list/{index}"
            ) from None
    return tuple(dict.fromkeys(found))
