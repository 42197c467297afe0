"""Play money: sample instruments, and accounts with deposits and a key to trade with."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.core import TradingCore
from handlers.exchange.commands import Command, DefineAsset, DefineInstrument, Deposit
from handlers.keys.manage import KeyManager, KeyRequest
from handlers.keys.model import ED25519, SCOPES
from handlers.shards.map import assets

ASSETS: Final = (
    DefineAsset(asset="USD", scale=8),
    DefineAsset(asset="BTC", scale=8),
    DefineAsset(asset="ETH", scale=8),
)

INSTRUMENTS: Final = (
    DefineInstrument(
        instrument_id="BTC-USD",
        base_asset="BTC",
        quote_asset="USD",
        price_tick="0.01",
        quantity_step="0.0001",
        minimum_quantity="0.0001",
        minimum_notional="1",
        maker_fee_rate="0.001",
        taker_fee_rate="0.002",
    ),
    DefineInstrument(
        instrument_id="ETH-USD",
        base_asset="ETH",
        quote_asset="USD",
        price_tick="0.01",
        quantity_step="0.001",
        minimum_quantity="0.001",
        minimum_notional="1",
        maker_fee_rate="0.001",
        taker_fee_rate="0.002",
    ),
)


class SandboxError(Exception):
    """The venue refused a sandbox command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAccount:
    """An account to play with. `private_key` is the Ed25519 seed in base64."""

    account_id: str
    name: str
    key_id: str
    algorithm: str
    private_key: str

    def as_json(self) -> dict[str, str]:
        """The members, for a JSON document."""
        return asdict(self)


async def define_instruments(engine: TradingCore, names: Sequence[str] | None = None) -> None:
    """Make sure that the sample instruments exist, or those that shards own."""
    for command in (*ASSETS, *INSTRUMENTS) if names is None else _listed(names):
        await _carry_out(engine, command)


def _listed(names: Sequence[str]) -> list[Command]:
    """Definitions of instruments and their assets; those that nobody knows are like the samples."""
    known = {each.instrument_id: each for each in INSTRUMENTS}
    found: dict[str, Command] = {}
    for name in names:
        base, quote = assets(name)
        found |= {each: DefineAsset(asset=each, scale=8) for each in (base, quote)}
        like = known.get(name, INSTRUMENTS[-1])
        found[name] = replace(like, instrument_id=name, base_asset=base, quote_asset=quote)
    return list(found.values())


async def open_account(
    engine: TradingCore,
    keys: KeyManager,
    name: str,
    deposits: Sequence[tuple[str, str]],
    *,
    scopes: Sequence[str] = SCOPES,
) -> SandboxAccount:
    """Open an account with deposits of (asset, amount) and an Ed25519 key of all scopes."""
    account_id = f"acc_{secrets.token_hex(8)}"
    for number, (asset, amount) in enumerate(deposits):
        await _carry_out(
            engine,
            Deposit(
                account_id=account_id,
                deposit_id=f"sandbox-{number}",
                asset=asset,
                amount=amount,
            ),
        )
    private_key = Ed25519PrivateKey.generate()
    public_key = b64encode(private_key.public_key().public_bytes_raw()).decode()
    request = KeyRequest(name=name, algorithm=ED25519, scopes=scopes, public_key=public_key)
    key = keys.create(account_id, request, SCOPES)
    return SandboxAccount(
        account_id=account_id,
        name=name,
        key_id=key.key_id,
        algorithm=key.algorithm,
        private_key=b64encode(private_key.private_bytes_raw()).decode(),
    )


async def _carry_out(engine: TradingCore, command: Command) -> None:
    reply = await engine.submit(command)
    if reply.refused is not None:
        raise SandboxError(f"{command}: {reply.refused.detail}")
