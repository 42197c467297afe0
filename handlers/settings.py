"""Configuration by environment, checked before anything starts."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretBytes,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from handlers.keys.sealing import MASTER_KEY_BYTES
from handlers.shards.map import ShardMap

PREFIX: Final = "NORTHGATE_"


class SettingsError(Exception):
    """The environment does not describe a venue; the message names every wrong variable."""


def _master_key(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        key = b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise ValueError(
            f"must be {MASTER_KEY_BYTES} bytes in base64; `python -m handlers master-key` makes one"
        )
    return key


def _names(value: object) -> object:
    if isinstance(value, str):
        return tuple(name.strip().lower() for name in value.split(",") if name.strip())
    return value


def _shards(value: object) -> object:
    return ShardMap.parse(value) if isinstance(value, str) else value


def _networks(value: object) -> object:
    names = _names(value)
    if isinstance(names, tuple):
        for name in names:
            ip_network(name)  # its ValueError says which one, and why
    return names


class Settings(BaseModel):
    """What can be configured; the variables are `NORTHGATE_` and the name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port to listen on; 0 for any free one."""
    database: Path = Path("northgate.db")
    """SQLite file of the journal; API keys and nonces lie beside it, in NAME-access.db."""
    database_url: SecretStr | None = None
    """`postgresql://...`: the journal and the API keys lie there instead."""
    snapshot_commands: int = Field(default=100_000, ge=0)
    """Commands from one snapshot of the venue to the next, which recovery begins with; 0: none."""
    journal_days: int | None = Field(default=None, ge=31)
    """Days of commands that the journal keeps where snapshots have them too; unset: all of them."""
    redis_url: SecretStr | None = None
    """`redis://...`: what `api` and `engine` processes share; needs `database_url`."""
    shards: Annotated[ShardMap | None, BeforeValidator(_shards)] = None
    """`NAME:INSTRUMENT,...;NAME:...`: who owns which instrument, for good; needs `database_url`.
    No asset may be in two shards. Unset: one engine owns all."""
    shard: str | None = None
    """Of which of `shards` an `engine` process is the engine, or a standby."""
    master_key: Annotated[SecretBytes, BeforeValidator(_master_key)]
    """32 bytes in base64 that HMAC secrets are sealed with."""
    authorities: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    """Values of the Host header that signatures may name, by comma; none for any."""
    sandbox: bool = False
    """Play money: sample instruments exist, and a bad signature is answered with the right base."""
    admin_host: str = "127.0.0.1"
    """Address that /healthz, /readyz and /metrics are served on; never the public one."""
    admin_port: int | None = Field(default=None, ge=0, le=65535)
    """Their port; without one it is the next after `port`, or any free one where that is 0."""
    validate_responses: bool = False
    """Check every response against the contract before it leaves, and hold back what breaks it."""
    response_sample: float = Field(default=0.01, ge=0, le=1)
    """Share of the responses that are checked and counted, but sent in any case."""
    body_limit: int = Field(default=64 * 1024, ge=1024)
    """Octets of a request's body."""
    json_depth: int = Field(default=16, ge=4)
    """Nested arrays and objects in a body."""
    head_limit: int = Field(default=32 * 1024, ge=1024)
    """Octets of a request line and header fields."""
    header_fields: int = Field(default=100, ge=10)
    """Header fields of a request."""
    head_seconds: float = Field(default=10, gt=0)
    """Time for a request line and header fields to arrive."""
    body_seconds: float = Field(default=10, gt=0)
    """Time for a body to arrive."""
    keep_alive_seconds: int = Field(default=5, ge=1)
    """Time that a connection may idle between requests."""
    concurrency: int = Field(default=2_000, ge=1)
    """Requests in work at once; more are turned away with 503."""
    connections: int = Field(default=10_000, ge=1)
    """Connections at once."""
    connections_per_address: int = Field(default=1_000, ge=1)
    """Connections at once from one address."""
    failed_auth_rate: float = Field(default=5, gt=0)
    """Requests a second whose signature may fail, for one address, in the long run."""
    failed_auth_burst: int = Field(default=100, ge=0)
    """How many may fail at once before the address is held off with 429; 0 counts nothing."""
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_networks)] = ()
    """Addresses and ranges, by comma, whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    drain_delay: float = Field(default=0, ge=0)
    """Seconds between the end of readiness and the end of listening, for load balancers to see."""
    drain_seconds: int = Field(default=10, ge=0)
    """Time that requests in work have to end when the venue stops."""
    tracing: bool = False
    """Send OpenTelemetry spans; needs the `tracing` extra, configured by OTEL_ variables."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is worth logging."""

    @field_validator("shards")
    @classmethod
    def _kept_in_postgresql(
        cls, shards: ShardMap | None, others: ValidationInfo
    ) -> ShardMap | None:
        if shards is not None and others.data.get("database_url") is None:
            raise ValueError("needs NORTHGATE_DATABASE_URL; a SQLite file has one writer")
        return shards

    @field_validator("shard")
    @classmethod
    def _one_of_them(cls, shard: str | None, others: ValidationInfo) -> str | None:
        shards: ShardMap | None = others.data.get("shards")
        if shard is None or (shards is not None and shard in shards.names):
            return shard
        if shards is None:
            raise ValueError(f"{shard!r} is no shard: NORTHGATE_SHARDS is not set")
        names = ", ".join(shards.names)
        raise ValueError(f"{shard!r} is no shard; those of NORTHGATE_SHARDS are {names}")

    @property
    def instruments(self) -> tuple[str, ...] | None:
        """All that the shards own; None where there are no shards."""
        return None if self.shards is None else tuple(self.shards.by_instrument())

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that an environment describes.

        Raises:
            SettingsError: A variable is missing, unknown or wrong.
        """
        values = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environment.items()
            if name.startswith(PREFIX) and name not in _OF_CLIENTS
        }
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None


# What the SDKs read from the same environment.
_OF_CLIENTS: Final = frozenset({"NORTHGATE_BASE_URL", "NORTHGATE_KEY_ID", "NORTHGATE_PRIVATE_KEY"})


def _explain(error: ValidationError) -> str:
    lines = []
    for each in error.errors(include_url=False, include_input=False):
        name = PREFIX + "_".join(map(str, each["loc"])).upper()
        message = "there is no such setting" if each["type"] == "extra_forbidden" else each["msg"]
        if each["type"] == "missing":
            message = "must be set"
        lines.append(f"{name}: {message}")
    return "\n".join(lines)
