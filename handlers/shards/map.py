"""Which shard owns which instrument: the map, from a setting's text, checked at the start.

`main:BTC-USD,ETH-USD;eur:SOL-EUR` gives two shards. A shard's assets are those of its
instruments, whose ids name them (BASE-QUOTE). No two shards share one: a balance is the business
of a single ledger, and two writers could spend it twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAIN: Final = "main"
"""The shard whose names on disk, in Redis and in ids are those of a venue without shards."""

_NAME: Final = re.compile(r"[a-z][a-z0-9]{0,7}")
_INSTRUMENT: Final = re.compile(r"[A-Z0-9]{2,10}-[A-Z0-9]{2,10}")


class ShardMapError(ValueError):
    """The map cannot be read, or two shards would own the same; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ShardMap:
    """Shards by name, in the order of their names, each with its instruments in theirs."""

    shards: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def parse(cls, text: str) -> ShardMap:
        """The map behind `NAME:INSTRUMENT,...;NAME:...`.

        Raises:
            ShardMapError: It is none, or an asset or instrument has two owners.
        """
        found: dict[str, tuple[str, ...]] = {}
        for part in filter(None, (each.strip() for each in text.split(";"))):
            name, _, listed = part.partition(":")
            name = name.strip()
            instruments = [each.strip() for each in listed.split(",") if each.strip()]
            _require_shard(name, instruments)
            if name in found:
                raise ShardMapError(f"the shard {name} stands there twice; list it once")
            found[name] = tuple(sorted(instruments))
        if len(found) < 2:  # noqa: PLR2004 - one shard is no map
            raise ShardMapError(
                "names fewer than two shards, like main:BTC-USD;eur:SOL-EUR; "
                "leave it unset for a venue of one"
            )
        _require_apart(found)
        return cls(tuple(sorted(found.items())))

    def __str__(self) -> str:
        return ";".join(f"{name}:{','.join(listed)}" for name, listed in self.shards)

    @property
    def names(self) -> tuple[str, ...]:
        """All shards, by name."""
        return tuple(name for name, _ in self.shards)

    def instruments(self, shard: str) -> tuple[str, ...]:
        """What a shard owns; KeyError for a name that is none."""
        return dict(self.shards)[shard]

    def by_instrument(self) -> dict[str, str]:
        """The shard of each instrument."""
        return {each: name for name, listed in self.shards for each in listed}

    def by_asset(self) -> dict[str, str]:
        """The shard of each asset."""
        return {
            asset: name for name, listed in self.shards for each in listed for asset in assets(each)
        }

    def extends(self, other: ShardMap) -> bool:
        """Whether it is another map, or that and more instruments in the same shards."""
        return self.names == other.names and all(
            set(listed) <= set(self.instruments(name)) for name, listed in other.shards
        )


def assets(instrument_id: str) -> list[str]:
    """Base and quote asset of an instrument."""
    return instrument_id.split("-")


def _require_shard(name: str, instruments: list[str]) -> None:
    if _NAME.fullmatch(name) is None:
        raise ShardMapError(
            f"{name!r} is no name of a shard: a small letter, then up to 7 small letters or digits"
        )
    if not instruments:
        raise ShardMapError(f"the shard {name} owns no instrument, like {name}:BTC-USD,ETH-USD")
    for each in instruments:
        if _INSTRUMENT.fullmatch(each) is None:
            raise ShardMapError(f"{each!r} of the shard {name} is no instrument like BTC-USD")


def _require_apart(found: dict[str, tuple[str, ...]]) -> None:
    owners: dict[str, tuple[str, str]] = {}
    seen: dict[str, str] = {}
    for name, instruments in found.items():
        for each in instruments:
            if each in seen:
                raise ShardMapError(
                    f"{each} stands in {seen[each]} and again in {name}; "
                    "an instrument has one shard, so list it once"
                )
            seen[each] = name
            for asset in assets(each):
                owner, because = owners.setdefault(asset, (name, each))
                if owner != name:
                    raise ShardMapError(
                        f"{asset} would be in two shards: in {owner} for {because}, in {name} for "
                        f"{each}. Balances in {asset} have one ledger, so put both instruments "
                        "into one shard"
                    )
