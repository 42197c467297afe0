"""The sequencer: one writer that makes commands durable, applies them, and answers.

::

    submit ──> queue ──> group ──> journal (one synced commit) ──> core ──> replies

While a group is being written, the next one gathers: under load one sync of the disk stands for
hundreds of commands. The journal is written in a thread of its own; the core runs on the event
loop, so that queries on `Engine.exchange` always see a state between two commands, and only
ever what is already on disk.

When the journal fails, nobody can tell what the disk holds. The engine stops then: commands in
flight end with `OutcomeUnknownError`, and only a restart, which reads the disk, goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Final, NamedTuple

from handlers.collector import paused
from handlers.core import OutcomeUnknownError, OverloadedError, Sought, require_typed
from handlers.exchange.commands import AdvanceTime, Command
from handlers.exchange.exchange import Exchange
from handlers.exchange.journal import Entry, Journal, JournalError, newest_snapshot, replay
from handlers.exchange.replies import Reply, reply
from handlers.exchange.snapshots import Packed
from handlers.exchange.state import RETENTION
from handlers.exchange.times import HOUR, SECOND
from handlers.store.client_ids import ClientIds

_log = logging.getLogger(__name__)

GROUP_LIMIT: Final = 1_000
QUEUE_LIMIT: Final = 20_000
SNAPSHOT_TAIL: Final = 1_000


class _Pending(NamedTuple):
    command: Command
    answer: asyncio.Future[Reply] | None = None
    source: str = ""


class Engine:
    """Runs one `Exchange` over one `Journal`.

    Args:
        journal: Where commands are kept; the engine closes it when it stops.
        clock: Time now, microseconds since the epoch.
        retention: See `Exchange`.
        group_limit: The most commands that one commit may hold.
        queue_limit: The most commands that may wait; more are turned away.
        snapshot_tail: With so many commands behind the last snapshot, one more is saved when
            the engine stops.
        committed: Told of each group commit: how many commands, how many seconds.
        applied: Handed the entries of each group once they are durable and applied.
        client_ids: Those that the shard holds, where there are several.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Callable[[], int],
        *,
        retention: int = RETENTION,
        group_limit: int = GROUP_LIMIT,
        queue_limit: int = QUEUE_LIMIT,
        snapshot_tail: int = SNAPSHOT_TAIL,
        committed: Callable[[int, float], None] | None = None,
        applied: Callable[[Sequence[Entry]], None] | None = None,
        client_ids: ClientIds | None = None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._retention = retention
        self._group_limit = group_limit
        self._queue_limit = queue_limit
        self._snapshot_tail = snapshot_tail
        self._committed = committed
        self._applied = applied
        self._client_ids = client_ids
        self._queue: deque[_Pending] = deque()
        self._arrived = asyncio.Event()
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._exchange = Exchange(retention)
        self._position = 0
        self._saved = 0
        self._writer: asyncio.Task[None] | None = None
        self._committing: asyncio.Future[None] | None = None
        self._floor = 0  # no command is sequenced at an earlier time
        self._stopping = False
        self._failed = False

    @property
    def exchange(self) -> Exchange:
        """The venue, for queries that need not be linearizable (see `current`).

        Changing it is the engine's business alone.
        """
        return self._exchange

    @property
    def is_ready(self) -> bool:
        """Whether commands are taken."""
        return self._writer is not None and not (self._stopping or self._failed)

    @property
    def silent(self) -> Mapping[str, tuple[str, ...]]:
        """Nothing: it is one core."""
        return {}

    @property
    def position(self) -> int:
        """The place of the last command that was applied."""
        return self._position

    @property
    def saved(self) -> int:
        """The place of the snapshot that the engine began with."""
        return self._saved

    @property
    def waiting(self) -> int:
        """How many commands wait to be sequenced."""
        return len(self._queue)

    async def start(self) -> None:
        """Become the journal's writer, replay it, then take commands.

        Raises:
            JournalError: If the journal cannot be read, or has another writer.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._disk, self._recover)
        self._writer = asyncio.create_task(self._run(), name="sequencer")

    async def submit(self, command: Command) -> Reply:
        """Have a command carried out; returns once it is on disk and applied.

        Raises:
            TypeError: A member of the command is not of its type; it is not executed.
            OverloadedError: Too many commands wait, or the engine is not running.
            OutcomeUnknownError: The journal failed while the command was in flight.
        """
        require_typed(command)
        if not self.is_ready:
            raise OverloadedError("the engine is not running")
        if len(self._queue) >= self._queue_limit:
            raise OverloadedError("too many commands wait")
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._queue.append(_Pending(command, answer))
        self._arrived.set()
        return await answer

    def accept(self, command: Command, source: str, not_before: int) -> None:
        """Queue a command that was handed in from outside; its effect goes to `applied`.

        Args:
            command: What to do.
            source: Where it came from; see `Entry`.
            not_before: The time (microseconds) on whose clock the sender sent it. The command
                gets no earlier one, unless the sender's clock is a second ahead or more.

        Raises:
            TypeError: A member of the command is not of its type; it is not executed.
        """
        require_typed(command)
        self._floor = max(self._floor, min(not_before, self._clock() + SECOND))
        self._queue.append(_Pending(command, None, source))
        self._arrived.set()

    async def ended(self) -> None:
        """Wait until the engine has stopped, by itself or by `stop`."""
        if self._writer is not None:
            await asyncio.wait([self._writer])

    async def current(self, _sought: Sought | None = None, /) -> Exchange:
        """The venue with everything in it that was sequenced before this call.

        What makes a look-up linearizable: a command that is being written now is waited for,
        and a command that is sequenced later gets a later time than this call. So an order that
        is not found after its request's `expires` was never accepted and never will be.

        Raises:
            OutcomeUnknownError: The engine stopped; what is on disk is not known.
        """
        self._floor = max(self._floor, self._clock())
        if self._committing is not None:
            await asyncio.shield(self._committing)
        if self._failed:
            raise OutcomeUnknownError("the engine stopped")
        return self._exchange

    async def stop(self) -> None:
        """Answer what waits, take nothing new, and let go of the journal; twice is as once."""
        if self._stopping:
            return
        self._stopping = True
        self._arrived.set()
        if self._writer is not None:
            await asyncio.wait([self._writer])
        await asyncio.get_running_loop().run_in_executor(self._disk, self._let_go)
        self._disk.shutdown()

    def _recover(self) -> None:
        # In this order: nothing is written by anybody else any more when reading begins.
        self._journal.claim()
        with paused():
            self._exchange, self._saved = newest_snapshot(self._journal, self._retention)
            self._position = replay(self._journal, self._exchange, self._saved)
        if self._client_ids is not None:
            self._client_ids.recovered(self._exchange)

    def _let_go(self) -> None:
        """Save a snapshot where it is worth it, and close the journal."""
        whole = self._writer is not None and not self._failed
        try:
            if whole and self._position - self._saved >= self._snapshot_tail:
                self._journal.save(self._position, Packed(self._exchange))
        except JournalError as error:
            _log.error("no snapshot was saved; the journal has everything", exc_info=error)
        finally:
            self._journal.close()

    async def _run(self) -> None:
        group: list[_Pending] = []
        try:
            while group := await self._next_group():
                await self._commit(group)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing may go on after it
            _log.critical("the engine stopped", exc_info=error)
            self._fail(group, error)

    async def _next_group(self) -> list[_Pending]:
        """The commands that wait; time itself when it is due; nothing when it is over."""
        while not self._queue and not self._stopping:
            self._arrived.clear()
            try:
                async with asyncio.timeout(self._idle_seconds()):
                    await self._arrived.wait()
            except TimeoutError:
                return [_Pending(AdvanceTime())]
        size = min(len(self._queue), self._group_limit)
        return [self._queue.popleft() for _ in range(size)]

    def _idle_seconds(self) -> float:
        deadline = self._exchange.next_deadline
        now = self._clock()
        due = now + HOUR if deadline is None else min(deadline, now + HOUR)
        return max(due - now, 0) / SECOND

    async def _commit(self, group: list[_Pending]) -> None:
        time = max(self._clock(), self._floor, self._exchange.time)
        first = self._position + 1
        entries = [Entry(first + n, time, p.command, p.source) for n, p in enumerate(group)]
        loop = asyncio.get_running_loop()
        self._committing = loop.create_future()
        started = perf_counter()
        written = await loop.run_in_executor(self._disk, self._journal.append, entries)
        if self._committed is not None:
            self._committed(len(entries), perf_counter() - started)
        exchange = self._exchange
        answers = []
        for (_, answer, _), entry in zip(group, written, strict=True):
            events = exchange.apply(entry.command, time)
            if answer is not None:
                answers.append((answer, reply(exchange, entry.command, events)))
        if self._client_ids is not None:  # before anybody is told that an id is free
            await self._settle(self._client_ids, written)
        self._position += len(entries)
        for answer, told in answers:
            if not answer.done():  # its client may have gone
                answer.set_result(told)
        self._committing.set_result(None)
        self._committing = None
        if self._applied is not None:
            self._applied(written)

    async def _settle(self, client_ids: ClientIds, entries: Sequence[Entry]) -> None:
        """Let go of the client ids that the core does not hold, after a group or its retention."""
        loop = asyncio.get_running_loop()
        if refused := client_ids.refused(self._exchange, entries):
            await loop.run_in_executor(self._disk, client_ids.drop, refused)
        if client_ids.is_due(self._exchange):
            await loop.run_in_executor(self._disk, client_ids.sweep, self._exchange)

    def _fail(self, group: list[_Pending], error: Exception) -> None:
        self._failed = True
        if self._committing is not None:
            self._committing.set_result(None)
            self._committing = None
        for pending in group:
            if pending.answer is not None and not pending.answer.done():
                unknown = OutcomeUnknownError("the engine stopped")
                unknown.__cause__ = error
                pending.answer.set_exception(unknown)
        while self._queue:
            pending = self._queue.popleft()
            if pending.answer is not None and not pending.answer.done():
                pending.answer.set_exception(OverloadedError("the engine stopped"))
