"""The garbage collector of a process that holds a venue.

Orders, trades and executions live for weeks and die by reference count. Searching them for
cycles again and again costs a third of the core's throughput and shows in its slowest commands.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 50_000
_MIDDLE: Final = 20
_OLD: Final = 500


@contextmanager
def paused() -> Iterator[None]:
    """Look for no cycles while a venue is recovered: all that is made then is there to stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def relax() -> None:
    """Set what exists aside for good, and look for cycles mainly among what is young.

    To be called once, when a venue has been recovered and before traffic comes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
