"""How often Python looks for cyclic garbage while a contract is judged.

Two large contracts are millions of objects that all stay; by default every 700th new object has
Python visit the young ones, and now and then all of them, in vain. Measured on two versions of
GitHub's description: half of the time that the gate takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = 2_000_000
"""New objects between two looks: some 200 MB."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Meanwhile garbage is looked for rarely, and not in what exists already."""
    before = gc.get_threshold()
    if before[0] == _THRESHOLD:  # somebody around has seen to it
        yield
        return
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 20, 100)
    try:
        yield
    finally:
        gc.freeze()  # what has come is old by now: no look at all of it at the next new object
        gc.unfreeze()
        gc.set_threshold(*before)
