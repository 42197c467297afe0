"""A batch of orders over several shards.

Each shard places its part in the batch's order, all shards at the same time: orders of different
shards share no book and no balance, so nobody can tell which came first. Unless two orders of
different shards carry the same client id; then the first of them must win, and the batch goes
from shard to shard in its own order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from handlers.core import EngineError, OverloadedError, PartlyDoneError
from handlers.exchange.commands import PlaceBatch
from handlers.exchange.replies import Refused, Reply

_NOT_TAKEN: Final = Refused("overloaded", "No orders are taken in this instrument right now.", "")

Ask = Callable[[str, PlaceBatch], Awaitable[Reply]]
"""Has a shard place a part of the batch."""
_Part = tuple[str, list[int]]


async def place_batch(command: PlaceBatch, owners: Sequence[str], ask: Ask) -> Reply:
    """Have each shard place its orders; the results in the order of the batch.

    An order whose shard took nothing is refused with `overloaded`, and the others stand.

    Args:
        command: The batch.
        owners: The shard of each of its orders.
        ask: Has a shard place a part.

    Raises:
        OverloadedError: No shard took anything: nothing is executed.
        PartlyDoneError: What became of some orders is not known.
    """
    answers: dict[int, Reply] = {}
    errors: list[EngineError] = []
    whole: list[Reply] = []
    rounds = _rounds(command, owners)
    for parts in rounds:
        asked = (ask(name, _part(command, indexes)) for name, indexes in parts)
        found = await asyncio.gather(*asked, return_exceptions=True)
        for (_, indexes), result in zip(parts, found, strict=True):
            if isinstance(result, EngineError):
                errors.append(result)
                answers |= dict.fromkeys(indexes, Reply(refused=_NOT_TAKEN))
            elif isinstance(result, BaseException):
                raise result
            elif result.refused is not None:  # as a whole: it came too late
                whole.append(result)
                answers |= dict.fromkeys(indexes, result)
            else:
                answers |= dict(zip(indexes, result.items, strict=True))
    unknown = next((each for each in errors if not isinstance(each, OverloadedError)), None)
    if unknown is not None:
        raise PartlyDoneError(
            "Some orders may have been placed. Repeat the batch, "
            "or get each order by its client_order_id."
        ) from unknown
    count = sum(map(len, rounds))
    if len(errors) == count:
        raise OverloadedError("no shard takes commands") from errors[0]
    if len(whole) == count:
        return whole[0]
    return Reply(items=tuple(answers[index] for index in range(len(command.items))))


def _part(command: PlaceBatch, indexes: Sequence[int]) -> PlaceBatch:
    return replace(command, items=tuple(command.items[index] for index in indexes))


def _rounds(command: PlaceBatch, owners: Sequence[str]) -> list[list[_Part]]:
    """Parts that go out together, round after round."""
    holders: dict[str, set[str]] = {}
    for item, owner in zip(command.items, owners, strict=True):
        holders.setdefault(item.client_order_id, set()).add(owner)
    indexes = range(len(owners))
    if any(len(names) > 1 for names in holders.values()):
        return [[(name, list(run))] for name, run in groupby(indexes, owners.__getitem__)]
    return [[(n, [i for i in indexes if owners[i] == n]) for n in dict.fromkeys(owners)]]
