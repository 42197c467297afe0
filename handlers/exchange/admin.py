"""The venue's own commands: assets, instruments, deposits."""

from __future__ import annotations

from handlers.exchange import accounts, instruments, money
from handlers.exchange.accounts import FEES
from handlers.exchange.codes import MALFORMED, RefusalError
from handlers.exchange.commands import (
    DefineAsset,
    DefineInstrument,
    Deposit,
    SetInstrumentStatus,
)
from handlers.exchange.events import (
    AssetDefined,
    Deposited,
    InstrumentDefined,
    InstrumentStatusChanged,
)
from handlers.exchange.instruments import Asset
from handlers.exchange.market import Market
from handlers.exchange.state import State


def define_asset(state: State, command: DefineAsset) -> None:
    """Introduce an asset; defining it again in the same way changes nothing."""
    if not 0 <= command.scale <= money.MAX_SCALE:
        raise RefusalError(MALFORMED, "A scale is 0 to 18.", "/scale")
    asset = Asset(command.asset, command.scale)
    if state.assets.setdefault(asset.asset, asset) != asset:
        raise RefusalError(MALFORMED, "The asset exists with another scale.", "/asset")
    state.events.append(AssetDefined(state.next_seq(), state.now, asset.asset, asset.scale))


def define_instrument(state: State, command: DefineInstrument) -> None:
    """Introduce an instrument; defining it again in the same way changes nothing."""
    base = _asset(state, command.base_asset, "/base_asset")
    quote = _asset(state, command.quote_asset, "/quote_asset")
    if base == quote:
        raise RefusalError(MALFORMED, "Base and quote are the same asset.", "/quote_asset")
    instrument = instruments.define(command, base, quote)
    known = state.markets.get(instrument.instrument_id)
    if known is None:
        fees = state.accounts[FEES].balance(quote.asset)
        state.markets[instrument.instrument_id] = Market(instrument, fees)
    elif known.instrument != instrument:
        raise RefusalError(MALFORMED, "The instrument exists with other terms.", "/instrument_id")
    event = InstrumentDefined(state.next_seq(), state.now, instrument.instrument_id)
    state.events.append(event)


def set_status(state: State, command: SetInstrumentStatus) -> None:
    """Open or halt an instrument; its orders stay as they are."""
    market = state.market(command.instrument_id)
    if command.status not in instruments.STATUSES:
        raise RefusalError(MALFORMED, "The status is open or halted.", "/status")
    market.status = command.status
    event = InstrumentStatusChanged(
        state.next_seq(), state.now, command.instrument_id, command.status
    )
    state.events.append(event)


def deposit(state: State, command: Deposit) -> None:
    """Credit an account once per `deposit_id`."""
    asset = _asset(state, command.asset, "/asset")
    amount = money.parse(command.amount, asset.scale, "/amount")
    if not amount:
        raise RefusalError(MALFORMED, "An amount is positive, in whole atoms.", "/amount")
    account = state.client(command.account_id)
    terms = (asset.asset, amount)
    known = account.deposits.get(command.deposit_id)
    if known is None:
        account.deposits[command.deposit_id] = terms
        accounts.deposit(state.external, account, asset.asset, amount, state.now)
    elif known != terms:
        raise RefusalError(MALFORMED, "The deposit_id stands for another deposit.", "/deposit_id")
    state.events.append(
        Deposited(
            state.next_seq(),
            state.now,
            account.account_id,
            command.deposit_id,
            asset.asset,
            amount,
            known is not None,
        )
    )


def _asset(state: State, name: str, pointer: str) -> Asset:
    asset = state.assets.get(name)
    if asset is None:
        raise RefusalError(MALFORMED, "There is no such asset.", pointer)
    return asset
