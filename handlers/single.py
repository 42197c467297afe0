"""One process for each SQLite file: whoever comes second is told so, and changes nothing.

Token buckets live in the process that counts them, and the newest writer of a journal displaces
the one before. Two venues over one file would each grant the whole budget, and one of them would
stop with the other's first command. PostgreSQL has its own lock, and Redis shares the rest.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from handlers.settings import Settings


class VenueBusyError(Exception):
    """Another process runs this venue."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold a venue's SQLite file; free again when the process ends, however it does.

    Raises:
        VenueBusyError: Another process holds it.
    """
    if settings.database_url is not None:
        yield
        return
    path = settings.database.with_name(f"{settings.database.name}-lock")
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise VenueBusyError(
                f"{settings.database}: another process runs this venue. A SQLite file has one "
                "process; for several, see NORTHGATE_DATABASE_URL and NORTHGATE_REDIS_URL"
            ) from None
        yield
    finally:
        os.close(lock)
