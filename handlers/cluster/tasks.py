"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
from typing import Final

_AGAIN_SECONDS: Final = 0.5


async def end(*tasks: asyncio.Task[None]) -> None:
    """Cancel tasks until all have ended, whatever they end with.

    Once is not enough: where a cancellation meets a timeout or a lost connection, a client library
    may take it for that, and the task's loop goes on.
    """
    waited = set(tasks)
    while waited:
        for task in waited:
            task.cancel()
        _, waited = await asyncio.wait(waited, timeout=_AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
