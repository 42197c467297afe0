"""Sleeping and locking, once for each of the two worlds."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractAsyncContextManager, AbstractContextManager


async def async_sleep(seconds: float) -> None:
    """Let other tasks run for that long, on asyncio or trio."""
    import anyio  # noqa: PLC0415 - synchronous programs need not import it

    await anyio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Block this thread for that long."""
    time.sleep(seconds)


def async_lock() -> AbstractAsyncContextManager[object]:
    """A lock between tasks."""
    import anyio  # noqa: PLC0415 - synchronous programs need not import it

    return anyio.Lock()


def lock() -> AbstractContextManager[object]:
    """A lock between threads."""
    return threading.Lock()
