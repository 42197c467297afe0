"""The trading core as an API process sees it: a replica to read, a stream to write to.

See `handlers.cluster` for how it all fits together.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count, takewhile
from time import monotonic
from typing import Final

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from handlers.clock import Clock
from handlers.cluster.tasks import end
from handlers.cluster.wire import (
    REDIS_FAILED,
    Announcement,
    Channels,
    Source,
    send_batch,
    unpack_announcement,
)
from handlers.collector import paused
from handlers.core import OutcomeUnknownError, OverloadedError, Sought, require_typed
from handlers.exchange.codec import CodecError
from handlers.exchange.commands import AdvanceTime, Command
from handlers.exchange.exchange import Exchange
from handlers.exchange.journal import Entry, Journal, JournalError, recover
from handlers.exchange.replies import Reply, reply
from handlers.exchange.state import RETENTION
from handlers.shards.map import MAIN

_log = logging.getLogger(__name__)

PENDING_LIMIT: Final = 20_000
BATCH_LIMIT: Final = 500
SILENCE_SECONDS: Final = 3.0
_PAUSE_SECONDS: Final = 0.2
_BARRIER_SECONDS: Final = 10.0
_AT_ONCE: Final = 1_000  # entries applied before others get their turn


class Replica:
    """A `TradingCore` that follows an engine elsewhere.

    Args:
        journal: Read only; the replica never claims it.
        redis: A client that does not retry (`wire.connect`); closed when the replica stops.
        clock: Time now, microseconds since the epoch.
        shard: Whose engine it follows.
        retention: See `Exchange`; the same as the engine's.
        pending_limit: The most commands that may wait for an answer; more are turned away.
    """

    def __init__(
        self,
        journal: Journal,
        redis: Redis,
        clock: Clock,
        *,
        shard: str = MAIN,
        retention: int = RETENTION,
        pending_limit: int = PENDING_LIMIT,
    ) -> None:
        self._journal = journal
        self._redis = redis
        self._clock = clock
        self._channels = Channels.of(shard)
        self._retention = retention
        self._pending_limit = pending_limit
        self._exchange = Exchange(retention)
        self._position = 0
        self._heard = float("-inf")
        self._name = secrets.token_hex(8)
        self._numbers = count()
        self._pending: dict[str, asyncio.Future[Reply]] = {}
        self._outbox: list[tuple[str, Command]] = []
        self._gathered = asyncio.Event()
        self._barrier: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    @property
    def exchange(self) -> Exchange:
        """The venue as far as it is known here."""
        return self._exchange

    @property
    def is_ready(self) -> bool:
        """Whether an engine was heard of lately."""
        alive = all(not task.done() for task in self._tasks)
        return alive and not self._stopping and monotonic() - self._heard < SILENCE_SECONDS

    @property
    def silent(self) -> Mapping[str, tuple[str, ...]]:
        """Nothing: it is one core."""
        return {}

    @property
    def waiting(self) -> int:
        """How many commands wait for an answer."""
        return len(self._pending)

    async def start(self) -> None:
        """Replay the journal, then follow the engine and publish commands.

        Raises:
            JournalError: If the journal cannot be read.
        """
        with paused():
            self._exchange, self._position = await asyncio.to_thread(
                recover, self._journal, self._retention
            )
        self._tasks = [
            asyncio.create_task(self._follow(), name="replica"),
            asyncio.create_task(self._publish(), name="publisher"),
        ]
        for task in self._tasks:
            task.add_done_callback(_ended)

    async def submit(self, command: Command) -> Reply:
        """Have a command carried out; returns once it is durable and applied here.

        Raises:
            TypeError: A member of the command is not of its type; it is not executed.
            OverloadedError: No engine is heard, or too many commands wait: it is not executed.
            OutcomeUnknownError: Redis failed while the command was on its way.
        """
        require_typed(command)
        if not self.is_ready:
            raise OverloadedError("no engine is heard")
        if len(self._pending) >= self._pending_limit:
            raise OverloadedError("too many commands wait")
        return await self._send(command)

    async def current(self, _sought: Sought | None = None, /) -> Exchange:
        """The venue with everything in it that anybody acknowledged before this call.

        Raises:
            OutcomeUnknownError: The engine cannot be reached.
        """
        if not self.is_ready:
            raise OutcomeUnknownError("no engine is heard")
        if self._barrier is None:  # one that was sent before this call proves nothing
            self._barrier = asyncio.create_task(self._pass_through())
        await asyncio.shield(self._barrier)
        return self._exchange

    async def stop(self) -> None:
        """Take nothing new; commands that wait for an answer end as unknown. Twice is as once."""
        if self._stopping:
            return
        self._stopping = True
        await end(*self._tasks)
        for answer in self._pending.values():
            _end(answer)
        with suppress(*REDIS_FAILED):
            await self._redis.aclose()
        await asyncio.to_thread(self._journal.close)

    async def _send(self, command: Command) -> Reply:
        tag = f"{self._name}.{next(self._numbers)}"
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._pending[tag] = answer
        self._outbox.append((tag, command))
        self._gathered.set()
        try:
            return await answer
        finally:
            del self._pending[tag]

    async def _pass_through(self) -> None:
        """Send an empty command through the stream and the engine, and wait until it is back."""
        try:
            async with asyncio.timeout(_BARRIER_SECONDS):
                await self._send(AdvanceTime())
        except TimeoutError:
            raise OutcomeUnknownError("the engine does not answer") from None

    async def _publish(self) -> None:
        """Send what has gathered, once: what a second try would do is not known."""
        stream = self._channels.commands
        while True:
            await self._gathered.wait()
            self._gathered.clear()
            while self._outbox:
                first, self._outbox = self._outbox[:BATCH_LIMIT], self._outbox[BATCH_LIMIT:]
                batch = [each for each in first if each[0] in self._pending]  # others gave up
                if any(type(command) is AdvanceTime for _, command in first):
                    self._barrier = None
                if not batch:
                    continue
                try:
                    await send_batch(self._redis, stream, self._clock(), batch)
                except REDIS_FAILED as error:
                    _log.warning("a batch of commands may be lost", exc_info=error)
                    for tag, _ in batch:
                        _end(self._pending.get(tag))

    async def _follow(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(self._channels.feed)
                    await self._listen(channel)
            except (*REDIS_FAILED, JournalError, CodecError) as error:
                _log.warning("the engine cannot be followed", exc_info=error)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _listen(self, channel: PubSub) -> None:
        """Take what is announced, until nothing has been for too long."""
        silent = monotonic()
        while monotonic() - silent < SILENCE_SECONDS:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=1.0)
            if message is not None:
                silent = monotonic()
                await self._take(unpack_announcement(message["data"]))

    async def _take(self, news: Announcement) -> None:
        first = news.entries[0].position if news.entries else news.last + 1
        if first > self._position + 1:  # something was missed
            await self._catch_up(news.last)
        await self._apply(news.entries)
        if self._position >= news.last:
            self._heard = monotonic()

    async def _catch_up(self, last: int) -> None:
        """Read what was missed, but nothing that the engine may still be settling."""

        def missed() -> list[Entry]:
            found = self._journal.read(self._position)
            return list(takewhile(lambda entry: entry.position <= last, found))

        await self._apply(await asyncio.to_thread(missed))

    async def _apply(self, entries: Sequence[Entry]) -> None:
        exchange = self._exchange
        for number, (position, time, command, source) in enumerate(entries, 1):
            if position <= self._position:
                continue  # known already
            if position != self._position + 1:
                raise JournalError(f"entry {self._position + 1} is missing; found {position}")
            events = exchange.apply(command, time)
            self._position = position
            origin = Source.parse(source)
            answer = None if origin is None else self._pending.get(origin.tag)
            if answer is not None and not answer.done():
                answer.set_result(reply(exchange, command, events))
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)


def _end(answer: asyncio.Future[Reply] | None) -> None:
    if answer is not None:
        with suppress(asyncio.InvalidStateError):
            answer.set_exception(OutcomeUnknownError("the command was on its way"))


def _ended(task: asyncio.Task[None]) -> None:
    """Neither task ends by itself, unless something is wrong with the program."""
    if not task.cancelled() and task.exception() is not None:
        _log.critical("the replica stopped", exc_info=task.exception())
