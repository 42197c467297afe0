"""Models of `api_keys`: what the API answers."""

from __future__ import annotations

import datetime as dt
from typing import List, Literal, TypeAlias

from .._runtime.models import BaseModel

ApiKeyAlgorithm: TypeAlias = Literal["ed25519", "hmac-sha256"] | str
"""The `alg` of the key's signatures."""

ApiKeyScope: TypeAlias = Literal["read", "trade", "keys"] | str
"""What the key may do. Scopes do not include each other."""

ApiKeyStatus: TypeAlias = Literal["active", "retiring", "expired"] | str
"""`retiring` still signs until its `expire_time`, but has a successor."""

NewApiKeyAlgorithm: TypeAlias = Literal["ed25519", "hmac-sha256"]
"""`ed25519` (recommended): you keep the private key and register the public one, so the venue holds
no secret. `hmac-sha256`: the venue makes a secret and shows it once.
"""

NewApiKeyScope: TypeAlias = Literal["read", "trade", "keys"]
"""`read` sees the account, `trade` places and cancels orders, `keys` manages keys."""


class ApiKey(BaseModel):
    """A key as the venue lists it. Never contains a secret."""

    key_id: str
    """Name of an API key; the `keyid` of its signatures. Public."""

    name: str
    """For people."""

    algorithm: ApiKeyAlgorithm
    """The `alg` of the key's signatures."""

    public_key: str | None
    """The registered public key; null for `hmac-sha256`."""

    scopes: List[ApiKeyScope]
    ip_allow_list: IpAllowList
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    status: ApiKeyStatus
    """`retiring` still signs until its `expire_time`, but has a successor."""

    expire_time: dt.datetime | None
    """When the key stops signing; null for never."""

    created_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""


class ApiKeyList(BaseModel):
    data: List[ApiKey]
    next_cursor: str | None
    """Pass it as `cursor` to get the next page; null on the last one."""


class IssuedApiKey(BaseModel):
    """A new key. This is the only time that its secret is shown."""

    key_id: str
    """Name of an API key; the `keyid` of its signatures. Public."""

    name: str
    """For people."""

    algorithm: ApiKeyAlgorithm
    """The `alg` of the key's signatures."""

    public_key: str | None
    """The registered public key; null for `hmac-sha256`."""

    scopes: List[ApiKeyScope]
    ip_allow_list: IpAllowList
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    status: ApiKeyStatus
    """`retiring` still signs until its `expire_time`, but has a successor."""

    expire_time: dt.datetime | None
    """When the key stops signing; null for never."""

    created_time: dt.datetime
    """RFC 3339, always UTC, always six fractional digits."""

    secret: str | None
    """The shared secret. Its characters, as they are, are the HMAC key. Null for `ed25519`, where
    you keep the private key.
    """


IpAllowList: TypeAlias = List[str]
"""Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""
