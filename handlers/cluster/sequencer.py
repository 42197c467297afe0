"""The engine's process: it waits to become the journal's writer, then serves the stream.

When anything about the journal fails, everything is thrown away and recovered from the disk,
in this process or in a standby, whoever gets the lock first.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Final

from redis.asyncio import Redis

from handlers.clock import Clock
from handlers.cluster.tasks import end
from handlers.cluster.wire import (
    REDIS_FAILED,
    Channels,
    Source,
    connect,
    pack_announcement,
    read_batch,
    read_batches,
    unpack_batch,
)
from handlers.core import EngineError
from handlers.engine import Engine
from handlers.exchange.codec import CodecError
from handlers.exchange.journal import Entry, JournalError
from handlers.exchange.state import RETENTION
from handlers.shards.map import MAIN
from handlers.store.client_ids import ClientIds
from handlers.store.journal import SqlJournal, WriterBusyError

_log = logging.getLogger(__name__)

HEARTBEAT_SECONDS: Final = 0.5
_STANDBY_SECONDS: Final = 0.25
_PAUSE_SECONDS: Final = 1.0
_READ_ITEMS: Final = 64
_BLOCK_MILLISECONDS: Final = 1_000
_MOST_WAITING: Final = 5_000
_MOST_UNSAID: Final = 1_000
_FULL_SECONDS: Final = 0.002
_BEGINNING: Final = "0-0"

STANDBY: Final = "standby"
ENGINE: Final = "engine"

Started = Callable[[Engine], Awaitable[None]]


class Duty:
    """What an engine process is doing, for its operator to see.

    Attributes:
        role: `standby`, `engine`, or "" while it is neither: it starts, recovers or ends.
        engine: The engine, while this process is it.
    """

    def __init__(self) -> None:
        self.role = ""
        self.engine: Engine | None = None

    def leads(self) -> float:
        """1 where this process is the engine."""
        return float(self.role == ENGINE)

    @property
    def position(self) -> int:
        """Of the last command that was applied; 0 in a standby."""
        return 0 if self.engine is None else self.engine.position

    @property
    def waiting(self) -> int:
        """Commands that were read and not sequenced yet."""
        return 0 if self.engine is None else self.engine.waiting


async def _nothing(_engine: Engine) -> None:
    """No preparations."""


async def run_engine(
    open_journal: Callable[[], SqlJournal],
    redis_url: str,
    clock: Clock,
    *,
    stop: asyncio.Event,
    shard: str = MAIN,
    started: Started = _nothing,
    retention: int = RETENTION,
    duty: Duty | None = None,
    committed: Callable[[int, float], None] | None = None,
) -> None:
    """Be the engine whenever the lock is free, until `stop` is set.

    Args:
        open_journal: Opens the shard's journal, in PostgreSQL.
        redis_url: Redis, where the stream is.
        clock: Time now, microseconds since the epoch.
        stop: Ends it; what was read from the stream is committed first.
        shard: Whose engine this is.
        started: Called with each engine that has recovered, before it serves the stream.
        retention: See `Exchange`.
        duty: Kept up to date with what this process does.
        committed: See `Engine`.
    """
    duty, channels = duty or Duty(), Channels.of(shard)
    while not stop.is_set():
        redis = connect(redis_url)
        try:
            journal = await asyncio.to_thread(open_journal)
            voice = Voice(redis, channels)
            engine = Engine(
                journal,
                clock,
                retention=retention,
                committed=committed,
                applied=voice.announce,
                client_ids=ClientIds.of(journal),
            )
            try:
                if await _lead(engine, stop, duty):
                    _log.info("this process is the engine now")
                    await started(engine)
                    after = Source.parse(await asyncio.to_thread(journal.last_source))
                    duty.role, duty.engine = ENGINE, engine
                    stream = partial(consume, engine, redis, channels.commands, after)
                    await _serve(engine, voice, stream, stop)
            finally:
                duty.role, duty.engine = "", None
                await engine.stop()
        except (EngineError, JournalError) as error:
            _log.error("the engine failed", exc_info=error)
        finally:
            await redis.aclose()
        await _wait(stop, _PAUSE_SECONDS)


async def _lead(engine: Engine, stop: asyncio.Event, duty: Duty) -> bool:
    """Stand by until this process is the writer; False when it is to end before."""
    while not stop.is_set():
        try:
            await engine.start()
        except WriterBusyError:
            duty.role = STANDBY
            await _wait(stop, _STANDBY_SECONDS)
        else:
            return True
    return False


async def _serve(
    engine: Engine,
    voice: Voice,
    stream: Callable[[], Coroutine[None, None, None]],
    stop: asyncio.Event,
) -> None:
    """Serve the stream until told to stop, or until the engine has stopped by itself."""
    voice.begin(engine)
    ends = [asyncio.create_task(engine.ended()), asyncio.create_task(stop.wait())]
    work = [
        asyncio.create_task(stream()),
        asyncio.create_task(voice.speak()),
    ]
    try:
        await asyncio.wait([*ends, *work], return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end(work[0])
        await engine.stop()  # commits and announces what was read
        with suppress(*REDIS_FAILED):
            await voice.finish()
        await end(work[1])
        for task in ends:
            task.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


async def consume(engine: Engine, redis: Redis, stream: str, after: Source | None) -> None:
    """Hand a stream's commands to the engine, beginning behind a source."""
    last = _BEGINNING if after is None else after.item
    rest = after  # the item that the last commit may have cut in two
    while True:
        try:
            if rest is not None:
                data = await read_batch(redis, stream, rest.item)
                if data is not None:
                    hand_over(engine, rest.item, data, rest.place + 1)
                rest = None
            found = await read_batches(redis, stream, last, _READ_ITEMS, _BLOCK_MILLISECONDS)
        except REDIS_FAILED as error:
            _log.warning("the stream cannot be read", exc_info=error)
            await asyncio.sleep(_PAUSE_SECONDS)
            continue
        for item, data in found:
            hand_over(engine, item, data, 0)
            last = item
        while engine.waiting > _MOST_WAITING and engine.is_ready:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(_FULL_SECONDS)


def hand_over(engine: Engine, item: str, data: bytes, first: int) -> None:
    """Give the engine a batch's commands from a place on; what is no command is passed over."""
    try:
        batch = unpack_batch(data)
    except CodecError as error:
        _log.error("an item of the stream is no batch", exc_info=error)
        return
    for place, (tag, command) in enumerate(batch.items[first:], first):
        if command is None:
            _log.error("%s/%s is not a command of this version", item, place)
            continue
        try:
            engine.accept(command, str(Source(item, place, tag)), batch.at)
        except TypeError as error:
            _log.error("%s/%s is passed over", item, place, exc_info=error)


class Voice:
    """Announces what was committed, says that the engine lives, and trims the stream.

    Announcing is a courtesy: whatever is not heard is read from the journal.
    """

    def __init__(self, redis: Redis, channels: Channels) -> None:
        self._redis = redis
        self._channels = channels
        self._engine: Engine | None = None
        self._unsaid: deque[bytes] = deque(maxlen=_MOST_UNSAID)
        self._something = asyncio.Event()
        self._done = ""  # the item of the stream that the last commit came from
        self._beaten = float("-inf")

    def begin(self, engine: Engine) -> None:
        """Speak for an engine from now on."""
        self._engine = engine
        self._something.set()

    def announce(self, entries: Sequence[Entry]) -> None:
        """Take note of a group that was committed."""
        self._unsaid.append(pack_announcement(entries[-1].position, entries))
        self._something.set()
        source = Source.parse(entries[-1].source)
        if source is not None:
            self._done = source.item

    async def speak(self) -> None:
        """Say what there is to say, and a heartbeat where there is nothing."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._something.wait()
            self._something.clear()
            try:
                await self.finish()
                await self._beat()
            except REDIS_FAILED as error:
                _log.warning("nothing can be announced", exc_info=error)
                await asyncio.sleep(_PAUSE_SECONDS)

    async def finish(self) -> None:
        """Announce what is left."""
        while self._unsaid:
            await self._redis.publish(self._channels.feed, self._unsaid.popleft())

    async def _beat(self) -> None:
        engine, now = self._engine, monotonic()
        if engine is None or not engine.is_ready or now - self._beaten < HEARTBEAT_SECONDS:
            return
        self._beaten = now
        await self._redis.publish(self._channels.feed, pack_announcement(engine.position))
        if self._done:
            await self._redis.xtrim(self._channels.commands, minid=self._done, approximate=True)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
