"""Snapshots: the state of the venue as parts that can be kept, and back.

A snapshot is the lines of `handlers.exchange.records`, compressed and cut into parts, under the
digest of the state: what is read back is the state that was taken, to the digit, or an error.
It belongs to a position of the journal and follows from the commands up to there and nothing
else, so that it does not matter who takes it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from handlers.exchange.exchange import Exchange
from handlers.exchange.restoring import SnapshotError, restore

PART_OCTETS: Final = 1 << 20

_LEVEL: Final = 1  # the fastest: text shrinks to a fifth already


class Snapshot(NamedTuple):
    """A snapshot that somebody keeps.

    Attributes:
        position: Of the last command that is in it.
        digest: `Exchange.digest()` of what it holds.
        parts: Fetches its parts, in order.
    """

    position: int
    digest: str
    parts: Callable[[], Iterable[bytes]]


class Packed:
    """The parts of a venue's snapshot, made as they are asked for, once.

    `digest` is known when the last part was given out. The venue must not change before.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._lines = exchange.lines()
        self.digest = ""

    def __iter__(self) -> Iterator[bytes]:
        hasher, packer = hashlib.sha256(), zlib.compressobj(_LEVEL)
        gathered = bytearray()
        for line in self._lines:
            hasher.update(line)
            gathered += packer.compress(line)
            if len(gathered) >= PART_OCTETS:
                yield bytes(gathered)
                gathered.clear()
        self.digest = hasher.hexdigest()
        yield bytes(gathered + packer.flush())


def unpack(snapshot: Snapshot, retention: int) -> Exchange:
    """The venue that a snapshot holds.

    Raises:
        SnapshotError: It is damaged, of another format, or of a venue with other rules.
    """
    hasher = hashlib.sha256()

    def lines() -> Iterator[bytes]:
        rest = b""
        for octets in _unzip(snapshot.parts()):
            hasher.update(octets)
            *whole, rest = (rest + octets).split(b"\n")
            yield from whole
        if rest:
            raise SnapshotError("the snapshot ends within a line")

    exchange = Exchange.of(restore(lines(), retention))
    if hasher.hexdigest() != snapshot.digest:
        raise SnapshotError("the snapshot is not what was saved: its digest is another")
    return exchange


def _unzip(parts: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for part in parts:
            yield unpacker.decompress(part)
        yield unpacker.flush()
        if not unpacker.eof:
            raise SnapshotError("the snapshot is cut short")
    except zlib.error as error:
        raise SnapshotError(f"the snapshot is damaged: {error}") from error
