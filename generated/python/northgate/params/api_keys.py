"""Parameters of `api_keys`: nested objects that are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from ..models.api_keys import NewApiKeyAlgorithm, NewApiKeyScope


class ApiKeyRotationParams(TypedDict, total=False):
    overlap_seconds: Required[int]
    """How long the old key goes on signing beside its successor, at most a week."""

    public_key: str
    """The successor's. Required for `ed25519`, refused for `hmac-sha256`."""


class ApiKeyUpdateParams(TypedDict, total=False):
    """What to change; everything else stays. A list replaces the whole list."""

    name: str
    """For people."""

    scopes: NewApiKeyScopesParams
    """A key can grant only scopes that it holds itself."""

    ip_allow_list: IpAllowListParams
    """Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

    expire_time: dt.datetime | str
    """When the key stops signing. A retiring key's end can only be moved nearer."""


class NewApiKeyParams(TypedDict, total=False):
    name: Required[str]
    """For people."""

    algorithm: Required[NewApiKeyAlgorithm]
    """`ed25519` (recommended): you keep the private key and register the public one, so the venue
    holds no secret. `hmac-sha256`: the venue makes a secret and shows it once.
    """

    public_key: str
    """Required for `ed25519`, refused for `hmac-sha256`."""

    scopes: Required[NewApiKeyScopesParams]
    """A key can grant only scopes that it holds itself."""

    ip_allow_list: IpAllowListParams
    expire_time: dt.datetime | str
    """When the key stops signing. Left out, it does not expire."""


IpAllowListParams: TypeAlias = "Sequence[str]"
"""Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for any."""

NewApiKeyScopesParams: TypeAlias = "Sequence[NewApiKeyScope]"
"""A key can grant only scopes that it holds itself."""
