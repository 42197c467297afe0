"""Several trading cores as one: whatever they are, engines in this process or replicas of others.

A command goes to the shard that owns its instrument, its asset, or the order that it names. What
concerns the whole account goes to all. When some of those do it and others do not answer, the
client is told that the outcome is not known, which is true of what it asked for as a whole, and
that it may simply ask again: each such command is safe to repeat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from handlers.core import (
    EngineError,
    OverloadedError,
    PartlyDoneError,
    Sought,
    TradingCore,
    require_typed,
)
from handlers.exchange.codes import MALFORMED
from handlers.exchange.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    DefineAsset,
    DefineInstrument,
    Deposit,
    PlaceBatch,
    PlaceOrder,
    SetCancelAfter,
    SetInstrumentStatus,
)
from handlers.exchange.replies import Refused, Reply
from handlers.shards.batches import place_batch
from handlers.shards.ids import NOWHERE, private, public
from handlers.shards.map import ShardMap
from handlers.shards.reads import ShardedReads, shown

_NOT_LISTED: Final = Refused(
    MALFORMED, "No shard owns it; NORTHGATE_SHARDS lists what is owned.", ""
)


class ShardedCore:
    """Implements `TradingCore` over one core for each shard."""

    def __init__(self, shards: ShardMap, cores: Mapping[str, TradingCore]) -> None:
        self._shards = shards
        self._cores = {name: cores[name] for name in shards.names}
        self._instruments = shards.by_instrument()
        self._assets = shards.by_asset()

    @property
    def exchange(self) -> ShardedReads:
        """The venue as far as it is known here."""
        return ShardedReads(self._shards, {n: core.exchange for n, core in self._cores.items()})

    @property
    def is_ready(self) -> bool:
        """Whether commands are taken for any instrument: one silent shard does not stop others."""
        return any(core.is_ready for core in self._cores.values())

    @property
    def silent(self) -> Mapping[str, tuple[str, ...]]:
        """Shards that take no commands, each with its instruments."""
        return {
            name: self._shards.instruments(name)
            for name, core in self._cores.items()
            if not core.is_ready
        }

    @property
    def waiting(self) -> int:
        """How many commands wait for an answer."""
        return sum(core.waiting for core in self._cores.values())

    async def start(self) -> None:
        """Start all cores, or none."""
        try:
            for core in self._cores.values():
                await core.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop all cores."""
        await asyncio.gather(*(core.stop() for core in self._cores.values()))

    async def submit(self, command: Command) -> Reply:
        """Have a command carried out by the shard, or the shards, that it concerns.

        Raises:
            TypeError: A member of the command is not of its type; it is not executed.
            OverloadedError: No shard that it concerns takes commands: it is not executed.
            OutcomeUnknownError: A shard's answer is missing, or some did it and others did not.
        """
        require_typed(command)
        match command:
            case PlaceBatch():
                owners = [self._owner(item.instrument_id) for item in command.items]
                return await place_batch(command, owners, self._ask)
            case CancelAll(instrument_id=None) | SetCancelAfter() | AdvanceTime():
                return await self._ask_all(command)
        shard, command = self._addressed(command)
        return Reply(refused=_NOT_LISTED) if shard is None else await self._ask(shard, command)

    async def current(self, sought: Sought | None = None, /) -> ShardedReads:
        """The venue with everything in it that was sequenced before this call.

        Only the shards that can know of what is sought are waited for, at the same time.
        """
        names = self._concerned(sought)
        asked = (self._cores[name].current() for name in names)
        found = await asyncio.gather(*asked, return_exceptions=True)
        failures: dict[str, EngineError] = {}
        for name, result in zip(names, found, strict=True):
            if isinstance(result, EngineError):
                failures[name] = result
            elif isinstance(result, BaseException):
                raise result
        venues = {name: core.exchange for name, core in self._cores.items()}
        return ShardedReads(self._shards, venues, failures)

    @property
    def _first(self) -> str:
        """The shard that is asked about what nobody owns; it refuses as any would."""
        return self._shards.names[0]

    def _owner(self, instrument_id: str) -> str:
        return self._instruments.get(instrument_id, self._first)

    def _addressed(self, command: Command) -> tuple[str | None, Command]:
        """The one shard that a command is for, as that knows it; None where nobody is to do it."""
        match command:
            case PlaceOrder() | CancelAll(instrument_id=str()) | SetInstrumentStatus():
                return self._owner(command.instrument_id or ""), command
            case CancelOrder() | AmendOrder():
                shard, own = private(command.order_id)
                known = shard in self._cores
                named = replace(command, order_id=own if known else NOWHERE)
                return shard if known else self._first, named
            case Deposit():
                return self._assets.get(command.asset, self._first), command
            case DefineAsset():
                return self._assets.get(command.asset), command
            case DefineInstrument():
                return self._instruments.get(command.instrument_id), command
            case _:
                raise TypeError(f"{type(command).__name__} is nothing to ask a venue for")

    def _concerned(self, sought: Sought | None) -> Sequence[str]:
        if sought is None:
            return self._shards.names
        if sought.order_id is not None:
            shard, _ = private(sought.order_id)
            return [shard] if shard in self._cores else []
        if sought.instrument_id is not None:
            return [self._owner(sought.instrument_id)]
        name = sought.client_order_id or ""
        # A shard that holds the id holds it for good; no other can.
        holders = [n for n, c in self._cores.items() if c.exchange.knows(sought.account_id, name)]
        return holders or self._shards.names

    async def _ask(self, shard: str, command: Command) -> Reply:
        return _published(shard, await self._cores[shard].submit(command))

    async def _ask_all(self, command: CancelAll | SetCancelAfter | AdvanceTime) -> Reply:
        names = self._shards.names
        asked = (self._ask(name, command) for name in names)
        found = await asyncio.gather(*asked, return_exceptions=True)
        done: dict[str, Reply] = {}
        missing: dict[str, EngineError] = {}
        for name, result in zip(names, found, strict=True):
            if isinstance(result, EngineError):
                missing[name] = result
            elif isinstance(result, BaseException):
                raise result
            else:
                done[name] = result
        refused = [reply for reply in done.values() if reply.refused is not None]
        if not missing and len(refused) in (0, len(names)):
            return refused[0] if refused else self._together(command, list(done.values()))
        if not done and all(isinstance(error, OverloadedError) for error in missing.values()):
            raise OverloadedError("no shard takes commands")
        left = [*missing, *(name for name in done if done[name].refused is not None)]
        instruments = ", ".join(each for name in left for each in self._shards.instruments(name))
        raise PartlyDoneError(
            f"The request may not have taken effect for {instruments}; "
            "for all other instruments it has. Repeat it."
        ) from next(iter(missing.values()), None)

    def _together(self, command: Command, replies: Sequence[Reply]) -> Reply:
        deadlines = [each.cancel_after for each in replies if each.cancel_after is not None]
        canceled = [name for each in replies for name in each.canceled]
        if isinstance(command, CancelAll):
            venue, account_id = self.exchange, command.account_id
            canceled.sort(key=lambda name: venue.order(account_id, name).created_time)
        return Reply(canceled=tuple(canceled), cancel_after=min(deadlines, default=None))


def _published(shard: str, reply: Reply) -> Reply:
    """A shard's reply under the venue's ids."""
    return reply._replace(
        order=None if reply.order is None else shown(shard, reply.order),
        canceled=tuple(public(shard, each) for each in reply.canceled),
        items=tuple(_published(shard, each) for each in reply.items),
    )
