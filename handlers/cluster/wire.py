"""What travels over Redis: batches of commands one way, what was committed the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from handlers.exchange.codec import CodecError, decode, encode
from handlers.exchange.commands import Command
from handlers.exchange.journal import Entry
from handlers.shards.map import MAIN

_BATCH: Final = b"batch"
_CONNECT_SECONDS: Final = 2
_ANSWER_SECONDS: Final = 5


REDIS_FAILED: Final = (RedisError, OSError, RuntimeError)
"""What a call of Redis raises when it fails; uvloop's word for a connection that the server has
closed is RuntimeError, and the client lets it through."""


class Channels(NamedTuple):
    """Where one shard's traffic goes: the stream of commands, the channel of committed entries."""

    commands: str
    feed: str

    @classmethod
    def of(cls, shard: str) -> Channels:
        """Those of a shard; `main` has the names that a venue without shards has."""
        suffix = "" if shard == MAIN else f":{shard}"
        return cls(f"northgate:commands{suffix}", f"northgate:feed{suffix}")


class Source(NamedTuple):
    """Where a command came from: item of the stream, place within it, and its sender's name."""

    item: str
    place: int
    tag: str

    def __str__(self) -> str:
        return f"{self.item}/{self.place}/{self.tag}"

    @classmethod
    def parse(cls, text: str) -> Source | None:
        """The source behind a text; None for "" and what no cluster wrote."""
        item, _, rest = text.partition("/")
        place, _, tag = rest.partition("/")
        return cls(item, int(place), tag) if place.isdigit() else None


class Batch(NamedTuple):
    """Commands that one process sent together, each under a tag that nobody else uses.

    `at`: when, microseconds on the sender's clock. A command that is none is None.
    """

    at: int
    items: tuple[tuple[str, Command | None], ...]


class Announcement(NamedTuple):
    """Committed entries in order, perhaps none, and the position of the last there is."""

    last: int
    entries: tuple[Entry, ...] = ()


def connect(url: str) -> Redis:
    """A client that never sends anything twice by itself, and that gives up in seconds."""
    return Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_ANSWER_SECONDS,
        protocol=2,
    )


async def send_batch(
    redis: Redis, stream: str, at: int, commands: Iterable[tuple[str, Command]]
) -> None:
    """Publish commands under their tags, as one item of a stream."""
    await redis.xadd(stream, {_BATCH: pack_batch(at, commands)})


async def read_batches(
    redis: Redis, stream: str, after: str, most: int, wait: int
) -> list[tuple[str, bytes]]:
    """Items behind one, with their data; waits some milliseconds for the first to come."""
    # The client's types leave open what the protocol and its options decide.
    found: Any = await redis.xread({stream: after}, most, wait)
    return [
        (item.decode(), fields.get(_BATCH, b"")) for _, items in found for item, fields in items
    ]


async def read_batch(redis: Redis, stream: str, item: str) -> bytes | None:
    """The data of one item; None where it is not there any more."""
    found: Any = await redis.xrange(stream, min=item, max=item)
    return found[0][1].get(_BATCH, b"") if found else None


def pack_batch(at: int, commands: Iterable[tuple[str, Command]]) -> bytes:
    """A batch as bytes."""
    items = [(tag, encode(command).decode("ascii")) for tag, command in commands]
    return json.dumps([at, items], separators=(",", ":")).encode("ascii")


def unpack_batch(data: bytes) -> Batch:
    """The batch behind bytes.

    Raises:
        CodecError: If they are no batch at all.
    """
    try:
        at, items = json.loads(data)
        return Batch(int(at), tuple((str(tag), _command(text)) for tag, text in items))
    except (ValueError, TypeError) as error:
        raise CodecError(f"not a batch of commands: {data[:200]!r} ({error})") from error


def _command(text: str) -> Command | None:
    try:
        return decode(text.encode())
    except (CodecError, AttributeError):
        return None


def pack_announcement(last: int, entries: Sequence[Entry] = ()) -> bytes:
    """An announcement as bytes."""
    rows = [(p, t, encode(command).decode("ascii"), s) for p, t, command, s in entries]
    return json.dumps([last, rows], separators=(",", ":")).encode("ascii")


def unpack_announcement(data: bytes) -> Announcement:
    """The announcement behind bytes.

    Raises:
        CodecError: If they are none.
    """
    try:
        last, rows = json.loads(data)
        entries = tuple(Entry(p, t, decode(text.encode()), s) for p, t, text, s in rows)
        return Announcement(int(last), entries)
    except (ValueError, TypeError, AttributeError) as error:
        raise CodecError(f"not an announcement: {data[:200]!r} ({error})") from error
