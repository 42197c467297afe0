"""API keys as a resource."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from generated.server import Context, models
from handlers import translate
from handlers.caller import account_of, caller_of
from handlers.clock import Clock
from handlers.exchange.paging import Cursor, page
from handlers.exchange.times import microseconds
from handlers.keys.manage import KeyChange, KeyManager, KeyRequest
from handlers.keys.model import ED25519, HMAC_SHA256, ApiKey
from handlers.pages import window
from handlers.refusals import refusals


class ApiKeys:
    """Implements the operations of the tag `api_keys`."""

    def __init__(self, keys: KeyManager, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def list(
        self, context: Context, *, cursor: str | None = None, limit: int = 100
    ) -> models.ApiKeyList:
        """The account's keys, newest first."""
        keys = sorted(self._keys.of_account(account_of(context)), key=_place)
        with refusals("/query"):
            found = page(keys, _place, self._shown, window(cursor, limit))
        return models.ApiKeyList(data=list(found.items), next_cursor=found.next_cursor)

    async def create(self, context: Context, body: models.NewApiKey) -> models.IssuedApiKey:
        """Make a key; the only time that its secret is shown."""
        caller = caller_of(context)
        request = KeyRequest(
            name=body.name,
            algorithm=body.algorithm,
            scopes=body.scopes,
            public_key=body.public_key,
            ip_allow_list=body.ip_allow_list or (),
            expire_time=None if body.expire_time is None else microseconds(body.expire_time),
        )
        with refusals():
            key = self._keys.create(caller.subject, request, caller.scopes)
        return self._issued(key)

    async def update(
        self, context: Context, key_id: str, body: models.ApiKeyUpdate
    ) -> models.ApiKey:
        """Change a key."""
        caller = caller_of(context)
        change = KeyChange(
            name=body.name,
            scopes=body.scopes,
            ip_allow_list=body.ip_allow_list,
            expire_time=None if body.expire_time is None else microseconds(body.expire_time),
        )
        with refusals():
            key = self._keys.change(caller.subject, key_id, change, caller.scopes)
        return self._shown(key)

    async def rotate(
        self, context: Context, key_id: str, body: models.ApiKeyRotation
    ) -> models.IssuedApiKey:
        """Make a key's successor."""
        caller = caller_of(context)
        with refusals():
            key = self._keys.rotate(
                caller.subject, key_id, body.overlap_seconds, body.public_key, caller.scopes
            )
        return self._issued(key)

    async def revoke(self, context: Context, key_id: str) -> None:
        """End a key at once and for good."""
        with refusals("/path"):
            self._keys.revoke(account_of(context), key_id)

    def _shown(self, key: ApiKey) -> models.ApiKey:
        return models.ApiKey.model_validate(self._members(key))

    def _issued(self, key: ApiKey) -> models.IssuedApiKey:
        secret = key.material.decode() if key.algorithm == HMAC_SHA256 else None
        return models.IssuedApiKey.model_validate({**self._members(key), "secret": secret})

    def _members(self, key: ApiKey) -> dict[str, object]:
        public = b64encode(key.material).decode() if key.algorithm == ED25519 else None
        return {
            "key_id": key.key_id,
            "name": key.name,
            "algorithm": key.algorithm,
            "public_key": public,
            "scopes": list(key.scopes),
            "ip_allow_list": list(key.ip_allow_list),
            "status": key.status(self._clock()),
            "expire_time": translate.optional_instant(key.expire_time),
            "created_time": translate.instant(key.created_time),
        }


def _place(key: ApiKey) -> Cursor:
    """Place of a key in its account's list: by creation, ties broken in a fixed way."""
    digest = hashlib.sha256(key.key_id.encode()).digest()
    return Cursor(key.created_time, int.from_bytes(digest[:8]))
