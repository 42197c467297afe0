"""A hash over the whole state, for tests of determinism and of recovery, and for snapshots."""

from __future__ import annotations

import hashlib

from handlers.exchange.records import lines
from handlers.exchange.state import State


def digest(state: State) -> str:
    """SHA-256 over the records of the state, in hexadecimal."""
    hasher = hashlib.sha256()
    for line in lines(state):
        hasher.update(line)
    return hasher.hexdigest()
