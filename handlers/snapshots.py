"""When snapshots are taken: after so many commands, by a process that runs for as long as it takes.

A snapshot more is also saved when the engine stops (see `handlers.engine`).
"""

from __future__ import annotations

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from handlers.engine import Engine
from handlers.settings import Settings
from handlers.store.snapshotter import Task

_log = logging.getLogger(__name__)

_ROOT: Final = Path(__file__).resolve().parents[1]
_LOOK_SECONDS: Final = 1.0
_AFTER_FAILURE_SECONDS: Final = 60.0


class Cadence:
    """Has a snapshot taken whenever `snapshot_commands` commands have come since the last one.

    Args:
        settings: Where the journal lies, and how often.
        engine: The engine, if this process is it.
        shard: Whose it is, where there are several.
    """

    def __init__(
        self, settings: Settings, engine: Callable[[], Engine | None], shard: str | None = None
    ) -> None:
        url = settings.database_url
        self._task = Task(
            database=settings.database.resolve(),
            database_url=None if url is None else url.get_secret_value(),
            shard=shard,
            journal_days=settings.journal_days,
        )
        self._every = settings.snapshot_commands
        self._engine = engine
        self._pause = _LOOK_SECONDS

    async def run(self) -> None:
        """Watch the engine until cancelled; does nothing where the cadence is 0."""
        taken = 0
        while self._every:
            await asyncio.sleep(self._pause)
            engine = self._engine()
            if engine is None or not engine.is_ready:
                continue
            position = engine.position
            taken = max(taken, engine.saved)
            if position - taken < self._every:
                continue
            done = await take(self._task)
            taken = position if done else taken
            self._pause = _LOOK_SECONDS if done else _AFTER_FAILURE_SECONDS


async def take(task: Task) -> bool:
    """Run a snapshotter; whether it did its work. It goes with whoever waits for it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "handlers.store.snapshotter"),
        cwd=_ROOT,
        stdin=PIPE,
        stdout=DEVNULL,
        stderr=PIPE,
    )
    try:
        _, errors = await process.communicate(task.model_dump_json().encode())
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode:
        _log.error("no snapshot was taken: %s", errors.decode(errors="replace").strip())
    return process.returncode == 0
