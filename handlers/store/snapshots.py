"""Snapshots in a relational database, and which part of the journal they make dispensable.

A snapshot is written part by part, each in a transaction of its own, so that the journal's writer
never waits for more than one of them; the row that makes it count comes last. What a crash leaves
behind is cleared away with the next one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from handlers.exchange.journal import JournalError
from handlers.exchange.snapshots import Packed, Snapshot
from handlers.store.tables import COMMANDS, PARTS, SNAPSHOTS

KEPT: Final = 2
"""Snapshots that are kept: the newest, and one to fall back on."""

_DELETED_AT_ONCE: Final = 5_000


def read(engine: Engine) -> Iterator[Snapshot]:
    """All complete snapshots, newest first; their parts are fetched when they are asked for."""
    table = SNAPSHOTS.c
    query = select(table.snapshot, table.position, table.digest).order_by(table.position.desc())
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    for name, position, digest in rows:
        yield Snapshot(position, digest, partial(_parts, engine, name))


def _parts(engine: Engine, name: str) -> Iterator[bytes]:
    table = PARTS.c
    number = 0
    while True:
        query = select(table.data).where(table.snapshot == name, table.part == number)
        try:
            with engine.connect() as connection:
                data = connection.execute(query).scalar_one_or_none()
        except SQLAlchemyError as error:
            raise JournalError(f"cannot read a snapshot: {error}") from error
        if data is None:
            return
        yield data
        number += 1


def save(engine: Engine, position: int, packed: Packed) -> None:
    """Keep a snapshot, and let go of those that are not needed any more."""
    name = secrets.token_hex(16)
    count = 0
    for data in packed:
        row = {"snapshot": name, "part": count, "position": position, "data": data}
        with engine.begin() as connection:
            connection.execute(insert(PARTS).values(row))
        count += 1
    with engine.begin() as connection:
        written = select(func.count()).select_from(PARTS).where(PARTS.c.snapshot == name)
        if connection.execute(written).scalar_one() != count:
            raise JournalError("a newer snapshot was saved at the same time")
        head = {"snapshot": name, "position": position, "digest": packed.digest, "parts": count}
        source = last_source(connection, position)
        connection.execute(delete(SNAPSHOTS).where(SNAPSHOTS.c.position == position))
        connection.execute(insert(SNAPSHOTS).values(head | {"source": source or None}))
        _clear(connection)


def _clear(connection: Connection) -> None:
    """Forget all snapshots but the newest, and parts of older ones that were never completed."""
    heads, parts = SNAPSHOTS.c, PARTS.c
    newest = select(heads.snapshot, heads.position).order_by(heads.position.desc()).limit(KEPT)
    kept = connection.execute(newest).all()
    names = [name for name, _ in kept]
    connection.execute(delete(SNAPSHOTS).where(heads.snapshot.not_in(names)))
    oldest = min(position for _, position in kept)
    connection.execute(delete(PARTS).where(parts.snapshot.not_in(names), parts.position <= oldest))


def last_source(connection: Connection, position: int | None = None) -> str:
    """The source of the last entry that has one, or "".

    Args:
        connection: To the journal.
        position: Look at entries up to this one only.
    """
    entry, head = COMMANDS.c, SNAPSHOTS.c
    entries = select(entry.source).where(entry.source.is_not(None))
    heads = select(head.source).where(head.source.is_not(None))
    if position is not None:
        entries = entries.where(entry.position <= position)
        heads = heads.where(head.position <= position)
    for query in (entries.order_by(entry.position.desc()), heads.order_by(head.position.desc())):
        found: str | None = connection.execute(query.limit(1)).scalar_one_or_none()
        if found:
            return found
    return ""


def prune(engine: Engine, before: int) -> int:
    """Delete entries from before an instant (microseconds) that all kept snapshots contain.

    The caller has seen that those can be read. Gives the number of deleted entries.
    """
    entry = COMMANDS.c
    with engine.connect() as connection:
        heads = connection.execute(select(SNAPSHOTS.c.position)).scalars().all()
        if len(heads) < KEPT:
            return 0
        old = select(func.max(entry.position)).where(
            entry.position <= min(heads), entry.time < before
        )
        last: int | None = connection.execute(old).scalar_one()
        first: int | None = connection.execute(select(func.min(entry.position))).scalar_one()
    if last is None or first is None:
        return 0
    for end in range(first, last + 1, _DELETED_AT_ONCE):
        upto = min(end + _DELETED_AT_ONCE - 1, last)
        with engine.begin() as connection:
            connection.execute(delete(COMMANDS).where(entry.position <= upto))
    return last - first + 1
